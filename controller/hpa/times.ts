import { z } from 'zod'

import { parseStamp } from '../recordings/stamp.ts'

/** A time as the API writes it, in seconds since the epoch. */
export const secondsOf = z.string().transform((text, context): number => {
  const milliseconds = parseStamp(text)
  if (milliseconds !== null) return milliseconds / 1000
  context.addIssue(`must be a time such as 2026-11-24T08:00:00Z, not ${JSON.stringify(text)}`)
  return z.NEVER
})

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  h: 3600,
  m: 60,
  s: 1,
  ms: 1e-3,
  us: 1e-6,
  µs: 1e-6,
  ns: 1e-9,
}

const PART = /(\d+(?:\.\d*)?|\.\d+)(h|ms|m|s|us|µs|ns)/g

/** A length of time as Go writes it: 30s, 1m0s, 15.2s. */
export const goDuration = z.string().transform((text, context): number => {
  let seconds = 0
  let read = 0
  for (const [part, value, unit = 's'] of text.matchAll(PART)) {
    seconds += Number(value) * (UNIT_SECONDS[unit] ?? NaN)
    read += part.length
  }
  if (text === '0' || (read > 0 && read === text.length)) return seconds
  context.addIssue(`must be a duration such as 30s or 1m0s, not ${JSON.stringify(text)}`)
  return z.NEVER
})
