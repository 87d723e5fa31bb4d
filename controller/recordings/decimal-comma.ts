import type { Findings } from './finding.ts'
import { quoted } from './sample.ts'

const DECIMAL_COMMA = /^[+-]?\d+,\d+$/
/** `1,234` may be a thousand or one and a bit; `1,5`, `0,125` and `1234,567` are no thousands. */
const LIKE_THOUSANDS = /^[+-]?[1-9]\d{0,2},\d{3}$/

/** What a column's numbers say about its comma. */
export interface CommaUse {
  /** First cell with a comma; null without one. */
  first: { row: number; cell: string } | null
  /** Some comma can be nothing else than a decimal one. */
  isDecimal: boolean
  /** A cell with a decimal point; null without one. */
  pointed: string | null
}

/** The cell with a decimal point in place of its decimal comma; a cell without one as it is. */
export function withDecimalPoint(cell: string, row: number, use: CommaUse): string {
  if (cell.includes('.')) use.pointed ??= cell
  if (!DECIMAL_COMMA.test(cell)) return cell
  use.first ??= { row, cell }
  use.isDecimal ||= !LIKE_THOUSANDS.test(cell)
  return cell.replace(',', '.')
}

/** Adds the problem of commas that can be read in two ways. */
export function judgeCommas({ first, isDecimal, pointed }: CommaUse, findings: Findings): void {
  if (first === null) return
  const todo = 'Write decimal points, and no thousands separators'
  const comma = quoted(first.cell)
  if (pointed !== null) {
    const what = `${comma} has a comma, ${quoted(pointed)} a point: which one is the decimal one?`
    findings.add({ severity: 'problem', kind: 'decimal-comma', what, todo }, first.row)
  } else if (!isDecimal) {
    const what = `${comma} may be a thousand or a decimal fraction`
    findings.add({ severity: 'problem', kind: 'decimal-comma', what, todo }, first.row)
  }
}
