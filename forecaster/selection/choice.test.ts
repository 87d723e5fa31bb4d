import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Choice, choiceFrom, type Evidence } from './choice.ts'

type Leader = Choice['leads']

const SLOTS = 1000
const ran = (violated: number, replicas: number) => ({
  tally: { slots: SLOTS, violated, replicas },
})

/** One price on each side and nothing violated: who costs fewer replicas leads. */
function costing(forecast: number, reaction: number): Evidence {
  const prices = Float64Array.of(190)
  return {
    ...{ prices, wantedShare: Infinity },
    law: [ran(0, forecast)],
    reactive: [ran(0, reaction)],
  }
}

describe('who leads', () => {
  it.each<[string, forecast: number, reaction: number, before: Leader, Leader, boolean]>([
    ['clearly cheaper', 979, 1000, 'forecast', 'forecast', true],
    ['hardly cheaper', 981, 1000, 'forecast', 'forecast', false],
    ['hardly dearer', 1000, 981, 'forecast', 'forecast', false],
    ['clearly dearer', 1000, 979, 'forecast', 'reaction', false],
    ['hardly dearer', 1000, 981, 'reaction', 'reaction', false],
    ['hardly cheaper', 981, 1000, 'reaction', 'reaction', false],
    ['clearly cheaper', 979, 1000, 'reaction', 'forecast', true],
    ['as free as reacting', 0, 0, 'forecast', 'forecast', false],
    ['as free as reacting', 0, 0, 'reaction', 'reaction', false],
  ])('the forecast is %s (%d, %d), after %s: %s', (_, forecast, reaction, before, leads, pays) => {
    expect(choiceFrom(costing(forecast, reaction), before)).toMatchObject({ leads, pays })
  })

  it('does not change at once what it has just changed', () => {
    const cost = fc.nat({ max: 300 })
    const before = fc.constantFrom<Leader>('forecast', 'reaction')
    fc.assert(
      fc.property(cost, cost, before, (forecast, reaction, ledBefore) => {
        const evidence = costing(forecast, reaction)
        const { leads, pays } = choiceFrom(evidence, ledBefore)
        expect(choiceFrom(evidence, leads)).toMatchObject({ leads, pays })
        if (pays === true) expect(leads).toBe('forecast')
      }),
    )
  })

  it('weighs shortages at the price that keeps the wanted share', () => {
    // The HPA alone costs fewer replicas and is short too often: dear at 100, cheap at 1.
    const evidence = (...prices: [number, number]): Evidence => ({
      prices: Float64Array.from(prices),
      law: [ran(100, 1000), ran(10, 1200)],
      reactive: [ran(50, 900)],
      wantedShare: 0.01,
    })
    expect(choiceFrom(evidence(1, 100), 'forecast').leads).toBe('forecast')
    expect(choiceFrom(evidence(0.01, 1), 'forecast').leads).toBe('reaction')
  })
})

describe('the price', () => {
  const prices = Float64Array.of(10, 100, 1000)
  const law = [ran(100, 1000), ran(10, 1100), ran(1, 1200)]
  const dear = [ran(100, 9000), ran(10, 9100), ran(1, 9200)]
  const cheap = [ran(1000, 100), ran(100, 110), ran(10, 120)]

  it.each([
    { name: "the forecast's, where it leads", reactive: dear, leads: 'forecast', price: 100 },
    {
      name: "persistence's own, where that leads",
      reactive: cheap,
      leads: 'reaction',
      price: 1000,
    },
    {
      name: "the forecast's beneath an HPA that leads",
      reactive: [ran(0, 1)],
      leads: 'reaction',
      price: 100,
    },
  ])('is $name', ({ reactive, leads, price }) => {
    const choice = choiceFrom({ prices, law, reactive, wantedShare: 0.01 }, 'forecast')
    expect(choice.leads).toBe(leads)
    expect(choice.price).toBeCloseTo(price, 9)
  })

  it('is the only one where no share is wanted', () => {
    expect(choiceFrom(costing(1000, 900), 'forecast').price).toBe(190)
  })
})
