import { readFile } from 'node:fs/promises'
import { z } from 'zod'

export const AUDIT_LOG = 'audit.jsonl'

/** Every write to what scales or says who leads, with its body; nothing else. */
export function auditPolicy(): string {
  return JSON.stringify({
    apiVersion: 'audit.k8s.io/v1',
    kind: 'Policy',
    omitStages: ['RequestReceived'],
    rules: [
      {
        level: 'Request',
        verbs: ['create', 'update', 'patch', 'delete'],
        resources: [
          { group: 'autoscaling', resources: ['horizontalpodautoscalers'] },
          { group: 'keda.sh' },
          { group: 'foresail.dev' },
          { group: 'coordination.k8s.io', resources: ['leases'] },
          { group: 'apps', resources: ['deployments/scale', 'statefulsets/scale'] },
        ],
      },
      { level: 'None' },
    ],
  })
}

const entrySchema = z.object({
  verb: z.string(),
  userAgent: z.string().default(''),
  user: z.object({ username: z.string() }),
  objectRef: z.object({
    resource: z.string(),
    namespace: z.string().default(''),
    name: z.string().default(''),
    subresource: z.string().default(''),
  }),
  responseStatus: z.object({ code: z.number() }).default({ code: 0 }),
  requestObject: z.unknown().optional(),
  requestReceivedTimestamp: z.string().transform((text) => Date.parse(text)),
})

/** One write that the API server answered. Times in milliseconds since 1970. */
export type AuditEntry = z.output<typeof entrySchema>

/** The writes since an instant, oldest first. */
export async function auditSince(file: string, sinceMs: number): Promise<AuditEntry[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  return lines
    .map((line) => entrySchema.parse(JSON.parse(line)))
    .filter(({ requestReceivedTimestamp }) => requestReceivedTimestamp >= sinceMs)
}

/** Whether Foresail itself asked for it, by its user agent. */
export function byForesail({ userAgent }: AuditEntry): boolean {
  return userAgent.startsWith('foresail')
}
