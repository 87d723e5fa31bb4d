import { z } from 'zod'

import { formatProblem, problemsOf } from '../api/problem.ts'
import { label } from '../api/schema-node.ts'
import { wording } from '../api/wording.ts'
import { yamlDocuments } from '../api/yaml-documents.ts'

const path = () => z.string().min(1).max(4096)

const tls = z.strictObject({
  caFile: path().optional(),
  certFile: path().optional(),
  keyFile: path().optional(),
  serverName: z.string().min(1).optional(),
  insecureSkipVerify: z.boolean().optional(),
})

const source = z
  .strictObject({
    name: label(),
    url: z.string().refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), {
      message: 'must be the address of a Prometheus, such as http://prometheus:9090',
    }),
    bearerTokenFile: path().optional(),
    basicAuth: z.strictObject({ username: z.string().min(1), passwordFile: path() }).optional(),
    tls: tls.optional(),
    headers: z.record(z.string(), z.string()).optional(),
  })
  .refine(({ bearerTokenFile, basicAuth }) => !(bearerTokenFile && basicAuth), {
    message: 'must not have both bearerTokenFile and basicAuth',
    path: ['basicAuth'],
  })
  .refine(({ url, tls: files }) => files === undefined || url.startsWith('https:'), {
    message: 'must not be set for an address that is not https',
    path: ['tls'],
  })

const fileSchema = z.strictObject({
  sources: z
    .array(source)
    .min(1)
    .superRefine((items, context) => {
      items.forEach(({ name }, index) => {
        if (items.findIndex((other) => other.name === name) === index) return
        const message = `"${name}" is taken; give every source its own name`
        context.addIssue({ code: 'custom', message, path: [index, 'name'] })
      })
    }),
})

export type SourceSettings = z.output<typeof source>

/**
 * The operator's metrics sources, from a file of YAML.
 *
 * @returns problems as `file:line: field: what to do`; none when the file is well
 */
export function parseSources(
  text: string,
  file: string,
): { sources: SourceSettings[]; problems: string[] } {
  const [document, ...more] = [...yamlDocuments(text)]
  const wrong = (line: number, message: string) => ({
    sources: [],
    problems: [`${file}:${line}: ${message}`],
  })
  if (document === undefined)
    return wrong(1, 'is empty; write sources: [{name: default, url: ...}]')
  if (!document.ok) return wrong(document.line, document.message)
  if (more.length > 0) return wrong(1, 'must hold one document')
  const parsed = fileSchema.safeParse(document.object, { error: wording })
  if (parsed.success) return { sources: parsed.data.sources, problems: [] }
  const problems = problemsOf(fileSchema, parsed.error).map(
    (problem) => `${file}:${document.lineOf(problem.at)}: ${formatProblem(problem)}`,
  )
  return { sources: [], problems }
}
