import { z } from 'zod'

/** The workload that something scales, in its own namespace. */
export const targetRefSchema = z.object({
  apiVersion: z.string().default(''),
  kind: z.string(),
  name: z.string(),
})

export type TargetRef = z.output<typeof targetRefSchema>

/** Whether both mean one workload: versions of one group are the same objects. */
export function sameTarget(a: TargetRef, b: TargetRef): boolean {
  return a.kind === b.kind && a.name === b.name && groupOf(a) === groupOf(b)
}

export function targetName({ kind, name }: TargetRef): string {
  return `${kind}/${name}`
}

function groupOf({ apiVersion }: TargetRef): string {
  return apiVersion.includes('/') ? apiVersion.replace(/\/.*/, '') : ''
}
