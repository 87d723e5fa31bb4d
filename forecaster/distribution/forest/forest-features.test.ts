import { describe, expect, it } from 'vitest'
import { appendSample, createHistory, type History, rememberCentre } from '../../series/history.ts'
import { syntheticDemand } from '../../series/synthetic-demand.ts'
import { FOREST_FEATURES, forestFeatures } from './forest-features.ts'

const DAY = 96
const FIRST = 20_000 * DAY
const HORIZON = 3
const wave = syntheticDemand({
  ...{ days: 4, stepSeconds: 900, level: 100, swing: 50, noise: 6, seed: 3 },
})

function lived(samples: Iterable<number>): History {
  const history = createHistory(900, FIRST, 9)
  let step = FIRST
  for (const sample of samples) {
    appendSample(history, sample)
    rememberCentre(history, step + HORIZON, sample)
    step++
  }
  return history
}

describe('what the forest looks at', () => {
  const history = lived(wave)
  const last = FIRST + wave.length - 1

  it('is the same for one slot as for a stretch of slots', () => {
    const [from, to] = [last - 50, last]
    const rows = to - from + 1
    const table = forestFeatures(history, from, to, HORIZON)
    for (const target of [from, from + 17, to]) {
      const row = forestFeatures(history, target, target, HORIZON)
      const column = Float32Array.from(
        { length: FOREST_FEATURES },
        (_, f) => table[f * rows + target - from] ?? NaN,
      )
      column.forEach((value, f) => {
        if (Number.isNaN(value)) expect(row[f]).toBeNaN()
        else expect(row[f]).toBeCloseTo(value, 3)
      })
    }
  })

  it('never sees a sample after the forecast was made', () => {
    const target = last - 20
    const changed = wave.map((value, i) => (FIRST + i > target - HORIZON ? 10 * value : value))
    expect(forestFeatures(lived(changed), target, target, HORIZON)).toEqual(
      forestFeatures(history, target, target, HORIZON),
    )
  })

  it('names what is missing instead of guessing', () => {
    const early = forestFeatures(lived(wave.subarray(0, 10)), FIRST + 12, FIRST + 12, HORIZON)
    expect(early[0]).toBeCloseTo(wave[9] ?? NaN, 3)
    // Yesterday, and what errors are usual at this time of day, are not known on the first day.
    expect(early[15]).toBeNaN()
    expect(early[23]).toBeNaN()
  })
})
