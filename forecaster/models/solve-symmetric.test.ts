import fc from 'fast-check'
import { flatten, lusolve, multiply, transpose } from 'mathjs'
import { describe, expect, it } from 'vitest'
import { solveSymmetric } from './solve-symmetric.ts'

const entry = fc.integer({ min: -1000, max: 1000 }).map((number) => number / 100)

/** Square matrices B and right sides b of 1 to 13 unknowns. */
const systems = fc.integer({ min: 1, max: 13 }).chain((size) =>
  fc.record({
    root: fc.array(fc.array(entry, { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
    right: fc.array(entry, { minLength: size, maxLength: size }),
  }),
)

describe('solveSymmetric', () => {
  it('agrees with mathjs on B·Bᵀ + I', () => {
    fc.assert(
      fc.property(systems, ({ root, right }) => {
        const matrix = multiply(root, transpose(root)).map((row, i) =>
          row.map((value, j) => value + (i === j ? 1 : 0)),
        )
        const expected = flatten(lusolve(matrix, right)) as number[]
        const solved = solveSymmetric(Float64Array.from(matrix.flat()), Float64Array.from(right))
        expected.forEach((value, i) => {
          expect(solved?.[i]).toBeCloseTo(value, 6)
        })
      }),
    )
  })

  it('reads the lower triangle only', () => {
    const lower = Float64Array.from([4, NaN, 2, 5])
    const solved = solveSymmetric(lower, Float64Array.from([8, 14]))
    expect(Array.from(solved ?? [])).toEqual([0.75, 2.5])
  })

  it('solves each unknown in its own unit: a diagonal over 30 orders of magnitude', () => {
    const solved = solveSymmetric(Float64Array.from([1e-15, 0, 0, 1e15]), Float64Array.from([1, 1]))
    expect(solved?.[0]).toBeCloseTo(1e15, 0)
    expect(solved?.[1]).toBeCloseTo(1e-15, 25)
  })

  it.each([
    { name: 'indefinite', matrix: [1, 2, 2, 1] },
    { name: 'singular', matrix: [1, 1, 1, 1] },
    { name: 'zero', matrix: [0, 0, 0, 0] },
    { name: 'negative', matrix: [-1, 0, 0, -1] },
    { name: 'NaN', matrix: [NaN, 0, 0, 1] },
    { name: 'NaN further down', matrix: [1, 0, NaN, 1] },
  ])('refuses a matrix that is $name', ({ matrix }) => {
    expect(solveSymmetric(Float64Array.from(matrix), Float64Array.from([1, 1]))).toBeNull()
  })
})
