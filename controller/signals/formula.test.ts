import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { compileFormula } from './formula.ts'

async function valueOf(expression: string, values: Record<string, number>): Promise<number> {
  const compiled = await compileFormula(expression, Object.keys(values))
  if (!compiled.ok) throw new Error(compiled.message)
  return compiled.formula(values)
}

describe('a formula', () => {
  it.each([
    ['a', { a: 3 }, 3],
    ['a + 4 * b', { a: 10, b: 2 }, 18],
    ['(a + b) / 2', { a: 1, b: 2 }, 1.5],
    ['max(a, b) - min(a, b)', { a: 1, b: 5 }, 4],
    ['ceil(a / 3) + floor(b) + round(c)', { a: 4, b: 1.9, c: 2.5 }, 6],
    ['sqrt(abs(-a))', { a: 16 }, 4],
    ['a ^ 2', { a: 3 }, 9],
    ['-a + 10', { a: 3 }, 7],
  ])('%s', async (expression, values, expected) => {
    expect(await valueOf(expression, values)).toBe(expected)
  })

  it.each([
    ['a / b', { a: 1, b: 0 }],
    ['a - 10', { a: 3 }],
    ['sqrt(a - 9)', { a: 0 }],
    ['a + b', { a: 1, b: NaN }],
    ['max(a, b)', { a: 1, b: NaN }],
    ['a ^ 999', { a: 99 }],
  ])('%s of %o is unknown, never a number', async (expression, values) => {
    expect(await valueOf(expression, values)).toBeNaN()
  })

  it.each([
    ['cos(a)', 'calls cos'],
    ['import(a)', 'calls import'],
    ['a.b', 'more than arithmetic'],
    ['a["constructor"]', 'more than arithmetic'],
    ['constructor + a', 'uses constructor, which is none of its variables'],
    ['__proto__ + a', 'uses __proto__'],
    ['a = 1', 'more than arithmetic'],
    ['f(x) = x', 'more than arithmetic'],
    ['a; a', 'more than arithmetic'],
    ['[a, a]', 'more than arithmetic'],
    ['"a"', 'which is no number'],
    ['a == 1', 'uses "=="'],
    ['a > 1 ? a : 2', 'more than arithmetic'],
    ['a!', 'uses "!"'],
    ['a % 2', 'uses "%"'],
    ['a + 2 cm', 'uses cm'],
    ['a + 1e999', 'which is no number'],
    ['a +', 'cannot be read'],
    ['', 'which is no number'],
    ['1 + 2', 'does not use a'],
    [`${'('.repeat(40)}a${')'.repeat(40)}`, 'nested deeper'],
  ])('%s is refused: %s', async (expression, says) => {
    const compiled = await compileFormula(expression, ['a'])
    expect(compiled.ok).toBe(false)
    expect('message' in compiled && compiled.message).toContain(says)
  })

  it('computes what JavaScript computes', async () => {
    const number = fc.integer({ min: 1, max: 50 }).map(String)
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.constantFrom('a', 'b'),
        number,
        fc
          .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
          .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
      ),
    }))
    await fc.assert(
      fc.asyncProperty(expression, fc.nat(99), fc.nat(99), async (inner, a, b) => {
        const text = `${inner} + 0 * (a + b)`
        const expected = evaluated(text, a, b)
        const found = await valueOf(text, { a, b })
        if (Number.isFinite(expected) && expected >= 0) expect(found).toBeCloseTo(expected, 9)
        else expect(found).toBeNaN()
      }),
      { numRuns: 40 },
    )
  })

  it('takes any text without a throw', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), async (text) => {
        expect(typeof (await compileFormula(text, ['a'])).ok).toBe('boolean')
      }),
    )
  })
})

/** The same arithmetic by JavaScript's own parser. */
function evaluated(text: string, a: number, b: number): number {
  const withValues = text.replace(/\ba\b/g, String(a)).replace(/\bb\b/g, String(b))
  return Number(runInNewContext(withValues))
}
