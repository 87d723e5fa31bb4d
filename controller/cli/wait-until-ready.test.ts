import { expect, it } from 'vitest'

import { KubernetesError } from '../kubernetes/errors.ts'
import type { Timing } from '../kubernetes/timing.ts'
import { type ScalerReport, scalerReport } from '../reports/status/scaler-report.ts'
import { waitUntilReady } from './wait-until-ready.ts'

const { signal } = new AbortController()

/** Time passes only by waiting. */
function ownTime(): Timing {
  let nowMs = 0
  return {
    monotonicMs: () => nowMs,
    random: () => 0.5,
    sleep: (ms) => {
      nowMs += ms
      return Promise.resolve()
    },
  }
}

function seen(status: 'True' | 'False', reason: string, generation = 1): ScalerReport {
  const lastTransitionTime = '2026-11-25T08:00:00Z'
  const conditions = [{ type: 'Ready', status, reason, message: 'so it is', lastTransitionTime }]
  return scalerReport({
    metadata: { namespace: 'shop', name: 'shop-web', generation },
    spec: {},
    status: { observedGeneration: 1, conditions },
  })
}

const silent = scalerReport({ metadata: { namespace: 'shop', name: 'shop-web' }, spec: {} })
const down = new KubernetesError('Unreachable', 'the API server cannot be reached')

function waited(answers: (ScalerReport | Error)[], timeoutSeconds: number) {
  const said: string[] = []
  const read = (): Promise<ScalerReport> => {
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? silent
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
  }
  const say = (line: string): void => void said.push(line)
  return { said, end: waitUntilReady({ read, say, timing: ownTime(), timeoutSeconds }, signal) }
}

it('ends with the first reading that is Ready by the newest spec, and says each change once', async () => {
  const { said, end } = waited(
    [
      silent,
      ...[seen('False', 'TooFewSamples'), seen('False', 'TooFewSamples'), down],
      ...[seen('True', 'Observing', 2), seen('True', 'Acting')],
    ],
    60,
  )
  expect(await end).toEqual(seen('True', 'Acting'))
  expect(said).toEqual([
    'the controller has said nothing yet',
    'TooFewSamples: so it is',
    'the API server cannot be reached',
    'the controller has not acted on the newest spec yet',
  ])
})

it('ends in vain after the timeout, with what it saw last', async () => {
  const { end } = waited([seen('False', 'TooFewSamples')], 5)
  await expect(end).rejects.toThrow('not Ready after 5 s: TooFewSamples: so it is')
})

it('does not wait for what will not come', async () => {
  const { end } = waited([new KubernetesError('NotFound', 'no such thing')], 60)
  await expect(end).rejects.toMatchObject({ reason: 'NotFound' })
})
