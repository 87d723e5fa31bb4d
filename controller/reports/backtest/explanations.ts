/** Each number of the result in plain words, under the heads of its table. */
export const EXPLANATIONS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'replica-hours',
    'pods that exist, those still starting included, summed over the scored hours: what is paid for.',
  ],
  ['minutes short', 'scored time in which demand was more than the Ready pods carry.'],
  ['time violated', 'the same as a share of the scored time.'],
  ['demand short', 'demand that found no Ready pod to carry it, in per cent of all demand.'],
  ['longest short', 'the longest stretch of violated time without a break, in minutes.'],
  [
    'times clairvoyant',
    'replica-hours over those of a policy that knows the recording, has the same start-up and is never short. Nobody who is never short can pay less.',
  ],
  ['scale events', 'changes of the number of pods, a day.'],
  ['reversals', 'those of them that go against the change before.'],
  [
    'hpa-best',
    'the cheapest of the HPA settings that is short no more often than Foresail, picked in hindsight: nobody can tune it like this beforehand. Where none is short that seldom, the closest.',
  ],
  [
    'at the same violations',
    'what the HPA costs where it is short as often as Foresail, read off between its settings. More pods always buy fewer violations, so cost alone says little.',
  ],
]
