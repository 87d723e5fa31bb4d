import type { FactoryFunctionMap, MathNode } from 'mathjs'

/** Demand from the values of the variables by name; NaN where it is not a number above or at zero. */
export type Formula = (values: Readonly<Record<string, number>>) => number

/** A formula that can be computed, or what is wrong with it in words for people. */
export type CompiledFormula = { ok: true; formula: Formula } | { ok: false; message: string }

const FUNCTIONS = ['min', 'max', 'abs', 'sqrt', 'ceil', 'floor', 'round']
const OPERATORS = ['+', '-', '*', '/', '^']
/** Deeper than any formula that a person reads; a parser's stack is not endless. */
const DEEPEST = 32
const ALLOWED = `numbers, the variables, ${OPERATORS.join(' ')}, parentheses, ${FUNCTIONS.join(', ')}`

/**
 * Reads a formula with mathjs, of which nothing but arithmetic is there: no other function is in its scope, and
 * every node of the expression that is not arithmetic is refused before it is computed. Loaded when first
 * needed: the library takes a fifth of a second.
 *
 * @param variables names that the expression may use, each of which it must use
 */
export async function compileFormula(
  expression: string,
  variables: readonly string[],
): Promise<CompiledFormula> {
  const { parse } = await loadArithmetic()
  let root: MathNode
  try {
    root = parse(expression)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, message: `cannot be read (${why}); write arithmetic, such as a + 2 * b` }
  }
  const used = new Set<string>()
  const message = refusal(root, variables, used, 0) ?? unused(variables, used)
  if (message !== null) return { ok: false, message }
  const compiled = root.compile()
  return {
    ok: true,
    formula: (values) => {
      const result: unknown = compiled.evaluate(new Map(Object.entries(values)))
      // A negative demand is a formula that does not hold; it must not read as no demand.
      return typeof result === 'number' && Number.isFinite(result) && result >= 0 ? result : NaN
    },
  }
}

/** Why a node is no arithmetic; null when all of it is. Notes the variables that are used. */
function refusal(
  node: MathNode,
  variables: readonly string[],
  used: Set<string>,
  depth: number,
): string | null {
  if (depth > DEEPEST) return `is nested deeper than ${DEEPEST}; write it flatter`
  const own = refusalOfNode(node, variables, used)
  if (own !== null) return own
  for (const child of childrenOf(node)) {
    const inside = refusal(child, variables, used, depth + 1)
    if (inside !== null) return inside
  }
  return null
}

function refusalOfNode(
  node: MathNode,
  variables: readonly string[],
  used: Set<string>,
): string | null {
  const fields = node as unknown as { name?: unknown; op?: unknown; value?: unknown; fn?: unknown }
  switch (node.type) {
    case 'ConstantNode':
      return typeof fields.value === 'number' && Number.isFinite(fields.value)
        ? null
        : `has ${JSON.stringify(fields.value)}, which is no number`
    case 'ParenthesisNode':
      return null
    case 'OperatorNode':
      return OPERATORS.includes(String(fields.op))
        ? null
        : `uses "${String(fields.op)}"; there are ${ALLOWED}`
    case 'FunctionNode': {
      const name = (fields.fn as { name?: unknown }).name
      return FUNCTIONS.includes(String(name)) ? null : `calls ${String(name)}; there are ${ALLOWED}`
    }
    case 'SymbolNode': {
      const name = String(fields.name)
      if (!variables.includes(name)) {
        return `uses ${name}, which is none of its variables (${variables.join(', ')})`
      }
      used.add(name)
      return null
    }
    default:
      return `is more than arithmetic; there are ${ALLOWED}`
  }
}

function childrenOf(node: MathNode): MathNode[] {
  const { args, content } = node as unknown as { args?: MathNode[]; content?: MathNode }
  // The function of a call is a node too, but no variable.
  return args ?? (content === undefined ? [] : [content])
}

function unused(variables: readonly string[], used: ReadonlySet<string>): string | null {
  const idle = variables.filter((name) => !used.has(name))
  return idle.length === 0 ? null : `does not use ${idle.join(', ')}; take it out of variables`
}

/** Only these are there: what is not among them cannot be called, however it is written. */
async function loadArithmetic(): Promise<{ parse: (expression: string) => MathNode }> {
  const math = await import('mathjs')
  const needed = [
    ...[math.parseDependencies, math.unaryMinusDependencies, math.unaryPlusDependencies],
    ...[math.addDependencies, math.subtractDependencies, math.multiplyDependencies],
    ...[math.divideDependencies, math.powDependencies, math.minDependencies, math.maxDependencies],
    ...[math.absDependencies, math.sqrtDependencies, math.ceilDependencies],
    ...[math.floorDependencies, math.roundDependencies],
  ].filter((factories) => factories !== undefined)
  const { parse } = math.create(Object.assign({}, ...needed) as FactoryFunctionMap)
  return { parse: (expression) => parse(expression) }
}
