import type { SampleFault } from './sample.ts'

/**
 * `problem`: the recording cannot be used as it stands. `warning`: it can, after something was put right
 * that the user may not have meant. `note`: what was taken for granted.
 */
export type Severity = 'problem' | 'warning' | 'note'

export type FindingKind =
  | SampleFault['kind']
  | 'no-timestamp'
  | 'disorder'
  | 'conflict'
  | 'off-grid'
  | 'far-away'
  | 'decimal-comma'
  | 'duplicate'
  | 'snapped'
  | 'counter-like'
  | 'no-demand'
  | 'constant'
  | 'gap-mark'
  | 'counter-reset'
  | 'no-counter'
  | 'no-zone'

/** One matter, in words. */
export interface Matter {
  severity: Severity
  kind: FindingKind
  /** What is the matter, as the first of its rows shows it. */
  what: string
  /** What to do, or what was done. */
  todo: string
}

/** A matter that was found while a recording was read, in one row or many. */
export interface Finding extends Matter {
  /** The first few of its rows, from 1: lines of a CSV, points of an answer. None: it concerns all. */
  rows: number[]
  /** How many rows there are. */
  count: number
}

export interface Findings {
  /** Matters of one kind are one finding: only the first one's words are kept. */
  add(matter: Matter, row?: number): void
  /** In the order of severity, then of their first rows. */
  list(): Finding[]
}

const ROWS_NAMED = 4
const ORDER: Record<Severity, number> = { problem: 0, warning: 1, note: 2 }

export function createFindings(): Findings {
  const kinds = new Map<FindingKind, Finding>()
  return {
    add(matter, row) {
      const known = kinds.get(matter.kind)
      const finding = known ?? { ...matter, rows: [], count: 0 }
      if (known === undefined) kinds.set(matter.kind, finding)
      if (row === undefined) return
      finding.count++
      if (finding.rows.length < ROWS_NAMED) finding.rows.push(row)
    },
    list() {
      const firstRow = ({ rows }: Finding) => rows[0] ?? 0
      return [...kinds.values()].sort(
        (one, other) =>
          ORDER[one.severity] - ORDER[other.severity] || firstRow(one) - firstRow(other),
      )
    },
  }
}

/** How rows of a recording are called: a CSV has lines, an answer of Prometheus points. */
export type RowName = 'line' | 'point'

/** What was found, where, and what to do, in one line. */
export function findingText(finding: Finding, file: string, rowName: RowName): string {
  const { what, todo, rows, count } = finding
  const [first] = rows
  let where = file
  if (first !== undefined) where += rowName === 'line' ? `:${first}` : `: point ${first}`
  const more = count > rows.length ? ` and ${count - rows.length} more` : ''
  const others = count > 1 ? ` (${count} such ${rowName}s: ${rows.join(', ')}${more})` : ''
  return `${where}: ${what}${others}. ${todo}`
}
