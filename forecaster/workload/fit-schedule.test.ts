import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitUntilStep, newestCut } from './fit-schedule.ts'

/** Minutes of 2024-03-05 as `hh:mm`; earlier days as `-hh:mm`. */
const MIDNIGHT = Date.UTC(2024, 2, 5) / 60_000
function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.replace('-', '').split(':').map(Number)
  return MIDNIGHT + hours * 60 + minutes - (clock.startsWith('-') ? 1440 : 0)
}

describe('fitUntilStep', () => {
  it.each([
    { decision: '00:00', until: '-18:00' },
    { decision: '00:29', until: '-18:00' },
    { decision: '00:30', until: '00:00' },
    { decision: '06:29', until: '00:00' },
    { decision: '06:30', until: '06:00' },
    { decision: '12:29', until: '06:00' },
    { decision: '12:30', until: '12:00' },
    { decision: '18:29', until: '12:00' },
    { decision: '18:30', until: '18:00' },
    { decision: '23:59', until: '18:00' },
  ])('at $decision UTC the fit on what was before $until is in force', ({ decision, until }) => {
    expect(fitUntilStep(minuteOf(decision), 60)).toBe(minuteOf(until))
  })

  it('is half an hour to six and a half old, rises with time, and lies on the schedule', () => {
    const steps = fc.constantFrom(15, 60, 300, 900)
    fc.assert(
      fc.property(fc.integer({ min: 1e8, max: 2e9 }), steps, (seconds, stepSeconds) => {
        const decision = Math.floor(seconds / stepSeconds)
        const until = fitUntilStep(decision, stepSeconds)
        const ageSeconds = (decision - until) * stepSeconds
        expect(ageSeconds).toBeGreaterThanOrEqual(1800)
        expect(ageSeconds).toBeLessThan(6.5 * 3600)
        expect((until * stepSeconds) % (6 * 3600)).toBe(0)
        expect(fitUntilStep(decision + 1, stepSeconds)).toBeGreaterThanOrEqual(until)
      }),
    )
  })

  it('takes the next whole slot where the step does not divide six hours', () => {
    const stepSeconds = 420
    const until = fitUntilStep(Math.ceil((6.5 * 3600) / stepSeconds), stepSeconds)
    expect(until).toBe(Math.ceil((6 * 3600) / stepSeconds))
  })
})

describe('newestCut', () => {
  it.each([
    { next: '05:59', cut: '00:00' },
    { next: '06:00', cut: '06:00' },
    { next: '06:01', cut: '06:00' },
    { next: '11:59', cut: '06:00' },
    { next: '23:59', cut: '18:00' },
  ])('once all before $next is known, all before $cut can be learned from', ({ next, cut }) => {
    expect(newestCut(minuteOf(next), 60)).toBe(minuteOf(cut))
  })

  it('is known whole, whatever the step, and is what is in force half an hour later', () => {
    const steps = fc.constantFrom(15, 60, 300, 420, 900)
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 3_000_000 }), (stepSeconds, next) => {
        const cut = newestCut(next, stepSeconds)
        expect(cut).toBeLessThanOrEqual(next)
        const halfAnHour = Math.ceil(1800 / stepSeconds)
        expect(fitUntilStep(next + halfAnHour, stepSeconds)).toBeGreaterThanOrEqual(cut)
      }),
    )
  })
})
