/** Each number of the report in plain words. */
export const EXPLANATIONS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'compared',
    "slots in which demand, Ready pods and the HPA's count are all known. Everything in the table is over these; a missing slot counts nowhere, never as zero.",
  ],
  [
    'replica-hours',
    'hours of Ready pods. Pods that are still starting are paid for too, but are not recorded: they are left out on every side.',
  ],
  [
    'saved by what ran',
    'replica-hours of that line less those of what ran: negative where what ran took more. Read it with the minutes short beside it: fewer pods are easily had by being short.',
  ],
  [
    'minutes short',
    'minutes in which demand was more than the Ready pods carry by the stated capacity; the least count of Ready pods in a minute counts.',
  ],
  ['demand short', 'demand that found no Ready pod to carry it, in per cent of all demand.'],
  ['longest short', 'longest stretch of short minutes without a break.'],
  [
    'HPA alone',
    'what the HPA with its own target would have asked for, computed by the controller each minute by the rules of the HPA; its pods become Ready after the learned lead time. It is a model, not a measurement.',
  ],
  [
    'fixed, largest need',
    'as many pods all the time as the largest demand in the window needed: known only afterwards.',
  ],
  ['fixed, median need', 'as many pods all the time as half of the minutes needed at most.'],
  [
    'achieved',
    'share of slots in which demand stayed at or below what was forecast for them a lead time before. Good is near what was asked: less is too low a forecast, more is too high a one.',
  ],
  [
    'pinball loss',
    'mean distance of demand from the forecast quantile in replicas, weighted by how seldom demand should be on that side. Smaller is better.',
  ],
]
