import { describe, expect, it } from 'vitest'

import { morning, SLOTS } from './example-savings.ts'
import type { Savings } from './savings-result.ts'
import { verdictOf } from './verdict.ts'

describe('verdictOf', () => {
  const known = (value: number) => new Float64Array(SLOTS).fill(value)
  const headline = (savings: Savings) => verdictOf(savings)[0]

  it.each([
    ['cheaper, short less', 5, 6, 'fewer replica-hours than the HPA alone would have, and was'],
    ['cheaper, short more', 4, 6, 'fewer replica-hours than the HPA alone would have, but was'],
    ['dearer, short less', 6, 4, 'more replica-hours than the HPA alone would have, but was'],
    ['dearer, short as often', 6, 5, 'more replica-hours than the HPA alone would have, and was'],
    ['as dear', 5, 5, 'as many replica-hours as the HPA alone would have, and was'],
  ])('%s', (_, ready, hpa, words) => {
    const series = {
      'least ready': known(ready),
      'mean ready': known(ready),
      'hpa alone': known(hpa),
    }
    expect(headline(morning({}, series))).toContain(words)
  })

  it('never names a saving without the minutes short of both', () => {
    const savings = morning()
    const minutesOfBoth = /short in \d.* short in \d|short in \d+ minutes? against \d/
    for (const sentence of verdictOf(savings)) {
      if (/fewer|more/.test(sentence)) expect(sentence).toMatch(minutesOfBoth)
    }
  })

  it('says what makes the numbers say less than they seem to', () => {
    const savings = morning(
      { warnings: ['store s3 did not answer'] },
      {
        'hpa alone': known(NaN),
        observing: known(1),
        fallback: known(0).fill(1, 0, 7),
        capacity: known(250).fill(300, 90),
      },
    )
    expect(verdictOf(savings)).toMatchInlineSnapshot(`
      [
        "No comparison with the HPA alone: the controller told no count for it (it knows no target of the HPA).",
        "What ran: 12.5 replica-hours in 2.8 compared hours, short in 2 minutes (1.2 % of the time). Foresail only observed in 100 % of it: what ran then was not its doing.",
        "A fixed count of 5, the largest need seen: 14.2 replica-hours, short in 0 minutes; what ran took 12 % fewer replica-hours than that, short in 2 minutes.",
        "A fixed count of 5, the median need: 14.2 replica-hours, short in 0 minutes; what ran took 12 % fewer replica-hours than that, short in 2 minutes.",
        "5.6 % of the window is not compared (10 minutes): something of it is missing. It counts nowhere.",
        "The fallback was in force in 7 minutes: no fresh samples then.",
        "The stated capacity changed once in the window: replicas before and after are not the same.",
        "Prometheus warns that this is partial: store s3 did not answer.",
      ]
    `)
  })
})
