import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { ShopWorld } from '../sandbox/shop-world.ts'
import { decideFromPlan } from './decide-from-plan.ts'
import { readKept } from './kept-state.ts'
import {
  CHECKPOINT_LIMIT_BYTES,
  formatStoredCheckpoint,
  type StoredCheckpoint,
  storedCheckpointOf,
} from './stored-checkpoint.ts'
import { formatStoredPlan, plannedAt, type StoredPlan, storedPlanOf } from './stored-plan.ts'

const START = Date.UTC(2026, 0, 12, 9) / 1000
const shop = new ShopWorld()
let plan: StoredPlan
let checkpoint: StoredCheckpoint

beforeAll(async () => {
  await shop.syncAt(START + 5)
  const { live } = await shop.syncAt(START + 65)
  if (live === null) throw new Error('no workload')
  const made = storedPlanOf(live.workload, shop.scaler, (START + 65) * 1000)
  if (made === null) throw new Error('no plan')
  plan = made
  checkpoint = storedCheckpointOf(live.workload, shop.scaler, (START + 65) * 1000)
})

describe('the plan as it is kept', () => {
  it('is readable: from when, until when, an hour a line', () => {
    const lines = formatStoredPlan(plan).split('\n')
    expect(lines.slice(1, 10)).toEqual([
      '  "version": 1,',
      expect.stringMatching(/^ {2}"demand": "[0-9a-f]{16}",$/),
      '  "generation": 1,',
      '  "madeAt": "2026-01-12T09:01:05Z",',
      '  "firstSlotAt": "2026-01-12T06:00:00Z",',
      '  "stepSeconds": 600,',
      '  "expiresAt": "2026-01-13T13:30:00Z",',
      expect.stringMatching(/^ {2}"highestNeed": 2\d(\.\d+)?,$/),
      '  "replicas": [',
    ])
    expect(lines[10]).toMatch(/^ {4}(\d+, ){5}\d+,$/)
    // 31.5 hours of ten minutes.
    expect(plan.replicas).toHaveLength(189)
  })

  it('comes back as it was, and says what each slot needs until it expires', () => {
    expect(readKept({ plan: formatStoredPlan(plan) }, shop.scaler.spec).kept.plan).toEqual(plan)
    const first = Date.parse(plan.firstSlotAt)
    expect(plannedAt(plan, first - 1)).toBeNull()
    expect(plannedAt(plan, first)).toBe(plan.replicas[0])
    expect(plannedAt(plan, first + 599_999)).toBe(plan.replicas[0])
    expect(plannedAt(plan, first + 600_000)).toBe(plan.replicas[1])
    expect(plannedAt(plan, Date.parse(plan.expiresAt) - 1)).toBe(plan.replicas.at(-1))
    expect(plannedAt(plan, Date.parse(plan.expiresAt))).toBeNull()
  })

  it('may not claim to hold for longer than it has slots', () => {
    const text = formatStoredPlan({ ...plan, expiresAt: '2036-01-01T00:00:00Z' })
    const { kept, said } = readKept({ plan: text }, shop.scaler.spec)
    expect(kept.plan).toBeNull()
    expect(said).toEqual([
      'the stored plan cannot be read (expiresAt: later than the last slot): it is made anew',
    ])
  })
})

describe('the checkpoint as it is kept', () => {
  it('is some kilobytes, comes back as it was, and is refused beyond 64 kB', () => {
    const text = formatStoredCheckpoint(checkpoint) ?? ''
    expect(Buffer.byteLength(text)).toBeLessThan(8 * 1024)
    expect(readKept({ checkpoint: text }, shop.scaler.spec).kept.checkpoint).toEqual(checkpoint)
    const padded = `${text}${' '.repeat(CHECKPOINT_LIMIT_BYTES)}`
    expect(readKept({ checkpoint: padded }, shop.scaler.spec).kept.checkpoint).toBeNull()
  })

  it('is not written where it could not be read back', () => {
    const { checkpoint: inner } = checkpoint
    const broken = { ...inner, own: { slots: NaN, violated: 0, replicas: 0 } }
    expect(formatStoredCheckpoint({ ...checkpoint, checkpoint: broken })).toBeNull()
  })
})

describe('whatever lies in the store', () => {
  const anyText = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"version":1,"replicas":${json}}`),
  )

  it('is read without an exception; what is not understood is absent and said', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.string(), (planText, checkpointText, startUps) => {
        const texts = { plan: planText, checkpoint: checkpointText, startUps }
        const { kept, said } = readKept(texts, shop.scaler.spec)
        expect([kept.plan, kept.checkpoint, kept.startUps]).toEqual([null, null, startUps])
        expect(said).toHaveLength(2)
      }),
    )
  })

  it('never throws or lowers with any field of a plan replaced', () => {
    const field = fc.constantFrom(...(Object.keys(plan) as (keyof StoredPlan)[]))
    const value = fc.oneof(
      fc.jsonValue(),
      fc.array(fc.integer()),
      fc.constant('2026-01-12T06:00:00Z'),
    )
    fc.assert(
      fc.property(field, value, fc.nat(60), fc.nat(40 * 60), (name, other, standing, minutes) => {
        const text = JSON.stringify({ ...plan, [name]: other })
        const { kept } = readKept({ plan: text }, shop.scaler.spec)
        if (kept.plan === null) return
        const { replicas } = decideFromPlan({
          ...{ plan: kept.plan, spec: shop.scaler.spec, leadSteps: 2, standing },
          nowMs: (START + minutes * 60) * 1000,
        })
        expect(replicas).toBeGreaterThanOrEqual(standing)
        expect(replicas).toBeLessThanOrEqual(60)
      }),
    )
  })

  it('of a newer version is left alone', () => {
    const newer = '{"version":2}'
    const { kept, said } = readKept({ plan: newer, checkpoint: newer }, shop.scaler.spec)
    expect([...kept.newer]).toEqual(['plan', 'checkpoint'])
    expect(said[0]).toBe('the stored plan is of a newer version of Foresail: it is left alone')
  })
})

describe('deciding from the plan alone', () => {
  it('takes the plan a lead ahead, and no less than what stands', () => {
    const nowMs = Date.parse(plan.firstSlotAt) + 3600_000 - 2 * 60_000
    const decided = (standing: number) =>
      decideFromPlan({ plan, spec: shop.scaler.spec, nowMs, leadSteps: 2, standing })
    expect(decided(1)).toMatchObject({ replicas: plan.replicas[6], reason: 'Predicted' })
    expect(decided(50)).toMatchObject({ replicas: 50, reason: 'HeldWithoutData' })
  })

  it('is multiplied by an event of the spec, and stays within bounds and sanity', () => {
    const nowMs = Date.parse(plan.firstSlotAt) + 3600_000 - 2 * 60_000
    const start = new Date(nowMs).toISOString()
    const end = new Date(nowMs + 3600_000).toISOString()
    const spec = (factor: string) => ({
      ...shop.scaler.spec,
      events: [{ name: 'launch', start, end, demandFactor: factor }],
    })
    const input = { plan, nowMs, leadSteps: 2, standing: 1 }
    const usual = plan.replicas[6] ?? NaN
    expect(decideFromPlan({ ...input, spec: spec('2') }).replicas).toBe(2 * usual)
    expect(decideFromPlan({ ...input, spec: spec('100') })).toMatchObject({ replicas: 60 })
    const wild = { ...plan, replicas: plan.replicas.map(() => 10_000), highestNeed: 5 }
    const { replicas, reason } = decideFromPlan({ ...input, plan: wild, spec: shop.scaler.spec })
    expect([replicas, reason]).toEqual([15, 'SanityBound'])
  })
})
