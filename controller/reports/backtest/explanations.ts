import type { BacktestReport, RowName } from './report.ts'

interface Explanation {
  term: string
  meaning: string
  /** Said only where that policy was run. */
  of?: RowName
}

/** Each number of the result in plain words, for the policies that were asked for. */
export function explanationsOf({
  policies,
  savings,
}: Pick<BacktestReport, 'policies' | 'savings'>): [term: string, meaning: string][] {
  const there = new Set<RowName>(policies.map(({ policy }) => policy))
  return EXPLANATIONS.filter(
    ({ term, of }) =>
      (of === undefined || there.has(of)) && (term !== SHORT_AS_OFTEN || savings.length > 0),
  ).map(({ term, meaning }) => [term, meaning])
}

const SHORT_AS_OFTEN = 'short as often'

const EXPLANATIONS: readonly Explanation[] = [
  {
    term: 'replica-hours',
    meaning:
      'pods that exist, those still starting included, summed over the scored hours: what is paid for.',
  },
  {
    term: 'minutes short',
    meaning: 'scored time in which demand was more than the Ready pods carry.',
  },
  { term: 'time violated', meaning: 'the same as a share of the scored time.' },
  {
    term: 'demand short',
    meaning: 'demand that found no Ready pod to carry it, in per cent of all demand.',
  },
  {
    term: 'longest short',
    meaning: 'the longest stretch of violated time without a break, in minutes.',
  },
  {
    term: 'times clairvoyant',
    of: 'clairvoyant',
    meaning:
      'replica-hours over those of a policy that knows the recording, has the same start-up and is never short. Nobody who is never short can pay less.',
  },
  { term: 'scale events', meaning: 'changes of the number of pods, a day.' },
  { term: 'reversals', meaning: 'those of them that go against the change before.' },
  {
    term: 'hpa',
    of: 'hpa',
    meaning: 'the HPA alone, at its target in per cent of the capacity and its scale-down window.',
  },
  {
    term: 'hpa-best',
    of: 'hpa-best',
    meaning:
      'the cheapest of the HPA settings that is short no more often than Foresail, picked in hindsight: nobody can tune it like this beforehand. Where none is short that seldom, the closest.',
  },
  {
    term: 'static-…',
    of: 'static-peak',
    meaning:
      'a fixed number of pods, as people set it from a week of demand: its peak, its 99th percentile (p99), its median (usual).',
  },
  {
    term: 'yesterday',
    of: 'yesterday',
    meaning:
      'what the same time yesterday needed, and a margin, as the floor of an HPA at that target: what one can do without forecasting. In the gaps of yesterday the HPA is alone.',
  },
  {
    term: SHORT_AS_OFTEN,
    meaning:
      'what that policy costs where it is short as often as Foresail, read off between its settings. More pods always buy fewer violations, so cost alone says little.',
  },
]
