import { Option } from 'commander'

import type { ReadOptions } from '../recordings/read-recording.ts'

/** How the user asked for recordings to be read. */
export interface RecordingOptions {
  timeColumn?: string
  valueColumn?: string
  counter?: boolean
}

export function recordingOptions(): Option[] {
  return [
    new Option(
      '--time-column <name>',
      'header of the timestamps (without it: timestamp, time, or the first column)',
    ),
    new Option(
      '--value-column <name>',
      'header of the values (without it: value, or the other column with numbers)',
    ),
    new Option('--counter', 'the values are readings of a counter: take its rate per second'),
  ]
}

export function readOptions({ timeColumn, valueColumn, counter }: RecordingOptions): ReadOptions {
  return { time: timeColumn, value: valueColumn, isCounter: counter }
}
