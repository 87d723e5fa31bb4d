import type { RecordingDescription } from './check-report.ts'

/** Whether predicting can pay. How much it does, only the backtest can tell. */
export function predictingWords(recording: RecordingDescription): string {
  const { leastValue, mostValue, periods, backtest } = recording
  if (leastValue === null) return 'not known: there is no sample'
  if (leastValue === mostValue) return 'nothing to predict: demand never changes'
  const howMuch =
    backtest === 'enough'
      ? '"foresail backtest" says how much'
      : 'a recording that backtest can replay would tell how much'
  switch (periods.verdict) {
    case 'periodic':
      return `can pay, demand comes again: ${howMuch}`
    case 'weak':
      return `may pay a little, what comes again is weak: ${howMuch}`
    case 'not predictable':
      return `not predictable by clock or calendar; following the last hours may still pay: ${howMuch}`
    case 'too little data':
      return 'not known: too little to judge whether a day comes again'
  }
}
