/** Recorded behaviour of the HPA as a file of cases: what is in it, and how its numbers read. */
import { readFileSync } from 'node:fs'

import type { Int64 } from '../../forecaster/reactive/hpa/int64.ts'

/** A whole number; beyond 2^53 as decimal text. */
export type Written = number | string

/** What is to come of a case: only the fields that are there are compared. */
export type Expected = Readonly<Record<string, unknown>>

/** What the engine made of a case, in the words of the file. */
export type Got = Readonly<Record<string, unknown>>

export interface HpaCase {
  name: string
  kind: string
  inputs: Readonly<Record<string, unknown>>
  expected: Expected
  /** Other results that count as right. */
  acceptAlso?: readonly Expected[]
}

/** @throws Error naming the file where it is no file of cases */
export function readCases(file: string): HpaCase[] {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const cases = (content as { cases?: unknown } | null)?.cases
  if (!Array.isArray(cases) || !cases.every(isCase)) {
    throw new Error(`${file}: no file of HPA cases: {cases: [{name, kind, inputs, expected}]}`)
  }
  return cases
}

function isCase(value: unknown): value is HpaCase {
  if (typeof value !== 'object' || value === null) return false
  const { name, kind, inputs, expected } = value as Partial<HpaCase>
  return (
    typeof name === 'string' &&
    typeof kind === 'string' &&
    typeof inputs === 'object' &&
    typeof expected === 'object'
  )
}

export function readInt64(written: Written): Int64 {
  const value = BigInt(written)
  const short = Number(value)
  return Number.isSafeInteger(short) ? short : value
}
