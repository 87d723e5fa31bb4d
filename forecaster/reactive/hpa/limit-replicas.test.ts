import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { completeBehavior, type ScalingPolicy, type WrittenRules } from './behavior.ts'
import { limitReplicas, limitReplicasWithBehavior } from './limit-replicas.ts'
import { type ScaleEvents, scaleDownLimit, scaleUpLimit } from './scale-rate.ts'

const NOW = 10_000
const NONE: ScaleEvents = { up: [], down: [] }
const BOUNDS = { minReplicas: 2, maxReplicas: 100 }
const LIMIT = { factor: 2, minimum: 4 }

const pods = (value: number, periodSeconds = 60): ScalingPolicy => {
  return { type: 'Pods', value, periodSeconds }
}
const percent = (value: number, periodSeconds = 60): ScalingPolicy => {
  return { type: 'Percent', value, periodSeconds }
}
const event = (change: number, age: number) => {
  return { change, atSeconds: NOW - age, outdated: false }
}

describe('without behavior', () => {
  it.each([
    { current: 10, desired: 20, replicas: 20, reason: 'DesiredWithinRange' },
    { current: 10, desired: 21, replicas: 20, reason: 'ScaleUpLimit' },
    { current: 2, desired: 9, replicas: 4, reason: 'ScaleUpLimit' },
    { current: 60, desired: 110, replicas: 100, reason: 'TooManyReplicas' },
    // The limit lies on the maximum: the maximum is what is named.
    { current: 50, desired: 110, replicas: 100, reason: 'TooManyReplicas' },
    { current: 10, desired: 1, replicas: 2, reason: 'TooFewReplicas' },
    { current: 90, desired: 3, replicas: 3, reason: 'DesiredWithinRange' },
    { current: 2 ** 31 - 1, desired: 2 ** 31 - 1, replicas: 100, reason: 'TooManyReplicas' },
  ])('$current to $desired: $replicas, $reason', ({ current, desired, replicas, reason }) => {
    expect(limitReplicas(current, desired, BOUNDS, LIMIT)).toMatchObject({ replicas, reason })
  })
})

describe('how far up', () => {
  it.each([
    { name: 'the defaults: four more, or twice as many', current: 3, limit: 7 },
    { name: 'from 4 on it is the same, then twice', current: 6, limit: 12 },
    { name: 'the largest change', rules: { policies: [pods(3), percent(10)] }, limit: 13 },
    {
      name: 'the smallest change',
      rules: { selectPolicy: 'Min' as const, policies: [pods(3), percent(10)] },
      limit: 11,
    },
    {
      name: 'a share of a pod is a pod',
      rules: { policies: [percent(1)] },
      limit: 11,
    },
    {
      name: 'counted from the start of the period',
      rules: { policies: [pods(5)] },
      up: [event(4, 59), event(9, 60)],
      down: [event(1, 30)],
      limit: 12,
    },
    {
      name: 'each policy over its own period',
      rules: { policies: [pods(5, 30), percent(100, 90)] },
      up: [event(4, 60)],
      limit: 15,
    },
    { name: 'so it may lie below', rules: { policies: [pods(1)] }, up: [event(9, 9)], limit: 2 },
    { name: 'not at all', rules: { selectPolicy: 'Disabled' as const }, limit: 10 },
    {
      name: 'no more than 32 bits in per cent',
      rules: { policies: [percent(2 ** 31 - 1)] },
      current: 1000,
      limit: 2 ** 31 - 1,
    },
    // As upstream: the sum wraps, and nothing may grow.
    {
      name: 'pods wrap',
      rules: { policies: [pods(2 ** 31 - 1)] },
      limit: 10 - 2 ** 31 - 1,
    },
  ])('$name', ({ rules = null, current = 10, up = [], down = [], limit }) => {
    const { scaleUp } = completeBehavior(rules, null)
    expect(scaleUpLimit(current, { up, down }, scaleUp, NOW)).toBe(limit)
  })
})

describe('how far down', () => {
  it.each([
    { name: 'the default: all at once', limit: 0 },
    { name: 'the largest change', rules: { policies: [pods(3), percent(50)] }, limit: 5 },
    {
      name: 'the smallest change',
      rules: { selectPolicy: 'Min' as const, policies: [pods(3), percent(50)] },
      limit: 7,
    },
    { name: 'a share of a pod goes', rules: { policies: [percent(11)] }, limit: 8 },
    {
      name: 'counted from the start of the period',
      rules: { policies: [pods(5)] },
      up: [event(1, 30)],
      down: [event(4, 59), event(9, 60)],
      limit: 8,
    },
    { name: 'so it may lie above', rules: { policies: [pods(1)] }, down: [event(9, 9)], limit: 18 },
    { name: 'not at all', rules: { selectPolicy: 'Disabled' as const }, limit: 10 },
  ])('$name', ({ rules = null, up = [], down = [], limit }) => {
    const { scaleDown } = completeBehavior(null, rules)
    expect(scaleDownLimit(10, { up, down }, scaleDown, NOW)).toBe(limit)
  })
})

describe('with behavior', () => {
  const limited = (
    current: number,
    desired: number,
    rules: { up?: WrittenRules; down?: WrittenRules } = {},
    events = NONE,
  ) => {
    const behavior = completeBehavior(rules.up, rules.down)
    const { replicas, reason } = limitReplicasWithBehavior(
      ...[current, desired, BOUNDS, behavior, events, NOW],
    )
    return [replicas, reason]
  }

  it('is limited in the direction that is asked for', () => {
    expect(limited(10, 30)).toEqual([20, 'ScaleUpLimit'])
    expect(limited(10, 20)).toEqual([20, 'DesiredWithinRange'])
    expect(limited(60, 500)).toEqual([100, 'TooManyReplicas'])
    expect(limited(10, 10)).toEqual([10, 'DesiredWithinRange'])
    expect(limited(10, 0)).toEqual([2, 'TooFewReplicas'])
    expect(limited(10, 0, { down: { policies: [pods(3)] } })).toEqual([7, 'ScaleDownLimit'])
    expect(limited(10, 1, { down: { selectPolicy: 'Disabled' } })).toEqual([10, 'ScaleDownLimit'])
    expect(limited(10, 11, { up: { selectPolicy: 'Disabled' } })).toEqual([10, 'ScaleUpLimit'])
  })

  it('never turns the direction where too much changed already', () => {
    const much = { up: [event(9, 9)], down: [event(9, 9)] }
    const slow = { policies: [pods(1)] }
    expect(limited(10, 30, { up: slow }, { ...much, down: [] })).toEqual([10, 'ScaleUpLimit'])
    expect(limited(10, 2, { down: slow }, { ...much, up: [] })).toEqual([10, 'ScaleDownLimit'])
  })
})

it('is within the bounds, and between what there is and what is asked, for any rules', () => {
  const policy = fc.record({
    type: fc.constantFrom('Pods' as const, 'Percent' as const),
    value: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 2 ** 31 - 1 })),
    periodSeconds: fc.integer({ min: 1, max: 1800 }),
  })
  const rules = fc.record({
    selectPolicy: fc.constantFrom('Max' as const, 'Min' as const, 'Disabled' as const),
    policies: fc.array(policy, { minLength: 1, maxLength: 4 }),
  })
  const some = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.nat(2000)), { maxLength: 5 })
  const happened = some.map((pairs) => pairs.map(([change, age]) => event(change, age)))
  const count = fc.integer({ min: 2, max: 100 })
  fc.assert(
    fc.property(rules, rules, happened, happened, count, fc.nat(300), (...drawn) => {
      const [scaleUp, scaleDown, up, down, current, desired] = drawn
      const behavior = completeBehavior(scaleUp, scaleDown)
      for (const { replicas } of [
        limitReplicas(current, desired, BOUNDS, LIMIT),
        limitReplicasWithBehavior(current, desired, BOUNDS, behavior, { up, down }, NOW),
      ]) {
        expect(replicas).toBeGreaterThanOrEqual(2)
        expect(replicas).toBeLessThanOrEqual(100)
        if (desired >= current) expect(replicas).toBeGreaterThanOrEqual(current)
        else expect(replicas).toBeLessThanOrEqual(current)
      }
    }),
  )
})
