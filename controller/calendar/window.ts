import { Cron } from 'croner'

/** A time window that comes again and again: it begins by the clock of its zone and lasts real seconds. */
export interface RecurringWindow {
  cron: string
  durationSeconds: number
  timeZone: string
}

/** An answer that holds from one instant to another. */
interface Standing {
  active: boolean
  fromMs: number
  untilMs: number
}

const schedules = new WeakMap<RecurringWindow, Cron>()
const answers = new WeakMap<RecurringWindow, Standing[]>()

/**
 * Whether a window is open at an instant: whether it began within its duration before. A beginning that the
 * clocks skip is the first instant after the skip; one that they repeat is the first of the two.
 *
 * Found from the one beginning after `atMs - duration`, never by counting on from beginning to beginning.
 */
export function isOpen(window: RecurringWindow, atMs: number): boolean {
  const known = answers.get(window) ?? []
  const standing = known.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs)
  if (standing !== undefined) return standing.active
  const found = judge(window, atMs)
  // Two are kept: a decision asks for now and for a lead ahead, which may lie across an edge.
  answers.set(window, [found, ...known.slice(0, 1)])
  return found.active
}

function judge(window: RecurringWindow, atMs: number): Standing {
  const lasts = window.durationSeconds * 1000
  const began = beginningAfter(window, atMs - lasts)
  if (began === null) return { active: false, fromMs: atMs, untilMs: Infinity }
  return began <= atMs
    ? { active: true, fromMs: Math.max(began, atMs), untilMs: began + lasts }
    : { active: false, fromMs: atMs, untilMs: began }
}

/** The first beginning strictly after an instant; null where there is none any more. */
function beginningAfter(window: RecurringWindow, afterMs: number): number | null {
  let schedule = schedules.get(window)
  if (schedule === undefined) {
    schedule = new Cron(window.cron, { timezone: window.timeZone, mode: '5-part', paused: true })
    schedules.set(window, schedule)
  }
  return schedule.nextRun(new Date(afterMs))?.getTime() ?? null
}
