import type { FormulaSignal } from '../api/formula-signal.ts'
import type { MetricsSource } from '../reconcile/ports.ts'
import { compileFormula } from './formula.ts'
import { readQuery, type SignalProblem, type StepSpan, unknownSlots } from './read-query.ts'
import type { SignalReading } from './signal-reading.ts'

/** A formula over several queries, by slot; unknown where any of its variables is. */
export async function readFormula(
  sources: ReadonlyMap<string, MetricsSource>,
  input: { name: string; formula: FormulaSignal; capacityPerReplica: number },
  span: StepSpan,
  abort: AbortSignal,
): Promise<SignalReading> {
  const { name, formula, capacityPerReplica } = input
  const { expression, variables } = formula
  const compiled = await compileFormula(
    expression,
    variables.map((variable) => variable.name),
  )
  if (!compiled.ok) {
    const message = `demand "${name}": the formula ${compiled.message}`
    const values = unknownSlots(span)
    const problems: SignalProblem[] = [{ signal: name, reason: 'InvalidSpec', message }]
    return { name, values, capacityPerReplica, lowerBound: values.map(() => 1), problems }
  }
  const read = await Promise.all(
    variables.map(({ prometheus }) => readQuery(sources, prometheus, span, name, abort)),
  )
  const values = unknownSlots(span).map((_, i) => {
    const given = variables.map(({ name: variable }, k) => [variable, read[k]?.values[i] ?? NaN])
    return compiled.formula(Object.fromEntries(given) as Record<string, number>)
  })
  const partial = read.some((one) => one.partial)
  return {
    ...{ name, values, capacityPerReplica },
    lowerBound: values.map(() => (partial ? 1 : 0)),
    problems: read.flatMap(({ problem }) => problem ?? []),
  }
}
