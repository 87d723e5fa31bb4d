import { parseManifest } from '../api/parse.ts'
import { formatProblem, problemsOf } from '../api/problem.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import { wording } from '../api/wording.ts'
import { metricSchema } from '../hpa/metric-schema.ts'
import { parseSources } from '../prometheus/sources-file.ts'
import { findingText } from '../recordings/finding.ts'
import { inspectRecording, type ReadOptions } from '../recordings/read-recording.ts'
import { RecordingProblem } from '../recordings/recording-problem.ts'
import { recordingText } from '../recordings/recording-text.ts'
import type { CheckedFile, CheckFinding } from '../reports/check/check-report.ts'
import { describeRecording } from '../reports/check/describe-recording.ts'
import { compileFormula } from '../signals/formula.ts'

/** Checks one file, a manifest or a recording by its name and what is in it. Never throws for the file. */
export async function checkFile(file: string, options: ReadOptions): Promise<CheckedFile> {
  try {
    const text = recordingText(file)
    return isManifest(file, text)
      ? await checkManifest(file, text.toString())
      : checkRecording(file, text, options)
  } catch (error) {
    if (!(error instanceof RecordingProblem)) throw error
    return checked(file, 'unreadable', [problem('unreadable', error.message)])
  }
}

/** YAML is a manifest, and so is what says which kind of object it is: other JSON is a recording. */
function isManifest(file: string, text: Buffer): boolean {
  if (/\.ya?ml$/i.test(file)) return true
  if (/\.[ct]sv$/i.test(file)) return false
  const head = text.subarray(0, 4096).toString()
  const isYaml = /^(?:apiVersion|kind):/m.test(head)
  return isYaml || /^\s*\{[^{}[\]]*"(?:apiVersion|kind)"\s*:/.test(head)
}

/** The operator's list of metrics sources has no kind: it is told by its only field. */
function checkSources(file: string, text: string): CheckedFile {
  const { problems } = parseSources(text, file)
  return checked(
    file,
    'sources',
    problems.map((words) => problem('invalid', words)),
  )
}

async function checkManifest(file: string, text: string): Promise<CheckedFile> {
  if (/^sources:/m.test(text) && !/^kind:/m.test(text)) return checkSources(file, text)
  const { scalers, problems } = parseManifest(text, file)
  const names: string[] = []
  const findings = problems.map((found) =>
    problem('invalid', `${file}:${found.line}: ${formatProblem(found)}`, found.line),
  )
  for (const { scaler, line } of scalers) {
    const wrong = [...(await formulaProblems(scaler.spec)), ...metricProblems(scaler.spec)]
    const found = wrong.map((text) => problem('invalid', `${file}:${line}: ${text}`, line))
    findings.push(...found)
    const { namespace, name } = scaler.metadata
    if (found.length === 0) names.push(`${namespace}/${name}`)
  }
  if (findings.length === 0 && names.length === 0) {
    const message = `${file}: holds no PredictiveScaler. Name the file that does`
    findings.push(problem('no-manifest', message))
  }
  return { ...checked(file, 'manifest', findings), scalers: names }
}

/** What the schema cannot see of a formula: whether it can be computed. */
async function formulaProblems({ demand }: PredictiveScalerSpec): Promise<string[]> {
  const found = demand.map(async ({ formula }, i) => {
    if (formula === undefined) return []
    const names = formula.variables.map(({ name }) => name)
    const compiled = await compileFormula(formula.expression, names)
    return compiled.ok ? [] : [`spec.demand[${i}].formula.expression: ${compiled.message}`]
  })
  return (await Promise.all(found)).flat()
}

/** What the API server would say of the HPA that is to be created, which is too late for people. */
function metricProblems({ reactive }: PredictiveScalerSpec): string[] {
  return reactive.metrics.flatMap((metric, i) => {
    const parsed = metricSchema.safeParse(metric, { error: wording })
    if (parsed.success) return []
    return problemsOf(metricSchema, parsed.error).map(
      ({ path, message }) =>
        `spec.reactive.metrics[${i}]${path === '' ? '' : `.${path}`}: ${message}`,
    )
  })
}

function checkRecording(file: string, text: Buffer, options: ReadOptions): CheckedFile {
  const { series, findings, rowName } = inspectRecording(text, file, options)
  const found = findings.map((finding) => {
    const { severity, kind, rows, count } = finding
    return { severity, kind, rows, count, text: findingText(finding, file, rowName) }
  })
  const recording = series === null ? null : describeRecording(series)
  return { ...checked(file, 'recording', found), recording }
}

function checked(file: string, kind: CheckedFile['kind'], findings: CheckFinding[]): CheckedFile {
  const ok = findings.every(({ severity }) => severity !== 'problem')
  return { file, kind, ok, findings, scalers: [], recording: null }
}

function problem(kind: string, text: string, line?: number): CheckFinding {
  const rows = line === undefined ? [] : [line]
  return { severity: 'problem', kind, rows, count: rows.length, text }
}
