import { describe, expect, it } from 'vitest'
import type { Actuation } from '../actuation/actuation.ts'
import { hold, proceed } from '../decide/course.ts'
import type { Distribution } from '../distribution/distribution.ts'
import { pricePlan } from '../plans/price.ts'
import { syntheticDemand } from '../series/synthetic-demand.ts'
import type { Choice } from './choice.ts'
import { choose, createSelection, decideVirtually, liveVirtually } from './selection.ts'
import { createVirtualRun, liveSlot } from './virtual-run.ts'

const DAY = 96
const LEAD = 2
const BOUNDS = { minReplicas: 1, maxReplicas: 80 }
const ACTUATION: Actuation = {
  kind: 'hpa',
  targetPercent: 70,
  guardPercent: 85,
  stabilizationSeconds: 1800,
  ownMinReplicas: 1,
}

/** What demand may be in slot `target`, in replicas. */
type Law = (target: number) => Distribution

function around(centre: number, scale: number): Distribution {
  return {
    exceed: (replicas) => 1 / (1 + Math.exp((replicas - centre) / scale)),
    quantile: (probability) => centre + scale * Math.log(probability / (1 - probability)),
  }
}

/** Knows the wave, and takes the noise over it for so large. */
function knowing(scale: number): Law {
  return (target) => around(20 + 10 * Math.sin((2 * Math.PI * target) / DAY), scale)
}

const samples = syntheticDemand({
  ...{ days: 60, stepSeconds: 900, level: 20, swing: 10, noise: 2, seed: 1 },
})

/** Lives through the samples, following what is chosen: by slot the choice, and whether it was short. */
function follow(law: Law, violationShare: number) {
  const selection = createSelection({
    ...{ risk: { kind: 'budget', violationShare }, peakReplicas: 30, holdSteps: 2 },
    world: {
      ...{ actuation: ACTUATION, capacityPerReplica: 1, leadSteps: LEAD },
      ...{ stepSeconds: 900, stepsPerDay: DAY },
    },
  })
  const own = createVirtualRun(2)
  const choices: Choice[] = []
  const short: boolean[] = []
  samples.forEach((value, step) => {
    const slot = { ...BOUNDS, step, value, valueBefore: samples[step - 1] ?? NaN }
    liveVirtually(selection, slot)
    liveSlot(own, selection.world, slot)
    short.push(value > (own.pods?.ready ?? Infinity))

    const demand = law(step + 1 + LEAD)
    const need = { kind: 'absent', why: 'LeftToHpa' } as const
    const view = { ...BOUNDS, fresh: true }
    decideVirtually(selection, {
      ...{ ...view, need },
      ahead: { law: demand, persistence: null, whole: true },
    })
    if (step % 4 === 0) choose(selection, own)
    const { choice } = selection
    const forecastLeads = choice.leads === 'forecast'
    const { replicas } = pricePlan(choice.price)(demand, BOUNDS.maxReplicas)
    proceed(own.course, {
      ...{ ...view, reactive: need },
      predicted: forecastLeads
        ? hold(own.course, replicas)
        : { kind: 'absent', why: 'NotPredictable' },
    })
    own.trusted = forecastLeads
    choices.push(choice)
  })
  return { choices, short }
}

describe('a life with a selection, above an HPA', () => {
  it.each([
    { asked: 0.01, taken: 'half', scale: 0.5 },
    { asked: 0.01, taken: 'about', scale: 1 },
    { asked: 0.01, taken: 'twice', scale: 2 },
    { asked: 0.03, taken: 'half', scale: 0.5 },
    { asked: 0.03, taken: 'about', scale: 1 },
    { asked: 0.03, taken: 'twice', scale: 2 },
  ])(
    'is short as often as was asked, noise taken for $taken its size: $asked',
    ({ asked, scale }) => {
      const settled = follow(knowing(scale), asked).short.slice(5 * DAY)
      const share = settled.filter(Boolean).length / settled.length
      expect(Math.abs(share / asked - 1)).toBeLessThan(0.2)
    },
  )

  it('is left to the HPA while the forecast knows the peak alone, and not again once it knows the day', () => {
    const knowsFrom = 10 * DAY
    const sharp = knowing(1)
    const { choices } = follow(
      (target) => (target < knowsFrom ? around(45, 1) : sharp(target)),
      0.01,
    )
    const led = choices.map(({ leads }) => leads)
    const turns = led.flatMap((leads, slot) => (slot > 0 && leads !== led[slot - 1] ? [slot] : []))
    expect(turns).toHaveLength(2)
    expect(turns[0]).toBeLessThan(1.5 * DAY)
    expect(turns[1]).toBeGreaterThan(knowsFrom)
    expect(led.at(-1)).toBe('forecast')
  })
})
