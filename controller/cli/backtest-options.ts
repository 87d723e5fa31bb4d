import { type Command, Option } from 'commander'

import { POLICIES, type PolicyName } from '../../forecaster/backtest/backtest.ts'
import type { LogNormal } from '../../forecaster/lead-time/log-normal.ts'
import type { Threshold } from '../reports/backtest/thresholds.ts'

import {
  duration,
  namesOf,
  percentage,
  positiveNumber,
  probability,
  replicaCount,
  startUp,
} from './option-values.ts'
import { type RecordingOptions, recordingOptions } from './recording-options.ts'
import { threshold } from './threshold-option.ts'

const FORMATS = ['table', 'json', 'csv', 'html', 'md'] as const

/** What the user asked for; durations in seconds, percentages as shares. */
export interface BacktestOptions extends RecordingOptions {
  filename?: string
  capacity?: number
  peakReplicas?: number
  startUp: LogNormal
  min: number
  max?: number
  warmUp: number
  violationBudget: number
  violationPrice?: number
  quantile?: number
  hpaTarget: number
  policies: PolicyName[]
  actuator: 'hpa' | 'scale'
  guard: number
  decisions?: string
  threshold?: Threshold[]
  output: (typeof FORMATS)[number]
  out?: string
}

export function addBacktestOptions(command: Command): void {
  const risks = ['violationBudget', 'violationPrice', 'quantile']
  const options = [
    new Option(
      '-f, --filename <manifest>',
      'take capacity, limits, risk, start-up and scale-down window from a PredictiveScaler, the HPA as configured from a HorizontalPodAutoscaler; options beside it win',
    ),
    new Option(
      '--capacity <demand>',
      'most demand one replica carries, in the unit of the recording',
    )
      .argParser(positiveNumber)
      .conflicts('peakReplicas'),
    new Option(
      '--peak-replicas <n>',
      'assume a capacity with which n replicas carry the busy hours (without both: 20)',
    ).argParser(positiveNumber),
    new Option(
      '--start-up <duration>',
      "from asking for a pod until it is Ready; also two percentiles, such as 'p50=120s,p90=240s'",
    )
      .argParser(startUp)
      .default(startUp('180s'), '180s'),
    new Option('--min <replicas>', 'fewest replicas').argParser(replicaCount).default(1),
    new Option('--max <replicas>', 'most replicas (without it: out of the way)').argParser(
      replicaCount,
    ),
    new Option('--warm-up <duration>', 'history before anything is scored')
      .argParser(duration)
      .default(7 * 86_400, '7d'),
    new Option('--violation-budget <percent>', 'share of time in which demand may exceed capacity')
      .argParser(percentage('0.001%', '50%'))
      .default(0.01, '1%'),
    new Option(
      '--violation-price <n>',
      'or: replica-minutes that one violated minute is worth',
    ).argParser(positiveNumber),
    new Option(
      '--quantile <p>',
      'or: plan for exactly this quantile of demand, such as 0.99',
    ).argParser(probability),
    new Option(
      '--hpa-target <percent>',
      'target of the HPA as configured, in per cent of the capacity',
    )
      .argParser(percentage('1%', '100%'))
      .default(0.7, '70%'),
    new Option('--policies <names>', `which to run: ${POLICIES.join(',')}`)
      .argParser(namesOf(POLICIES))
      .default([...POLICIES], 'all'),
    new Option(
      '--actuator <name>',
      'who writes replicas: hpa, an HPA whose floor Foresail moves; scale, Foresail alone',
    )
      .choices(['hpa', 'scale'])
      .default('hpa'),
    new Option(
      '--guard <percent>',
      'with hpa: its target while the forecast is trusted, in per cent of the capacity',
    )
      .argParser(percentage('1%', '100%'))
      .default(0.9, '90%'),
    new Option(
      '--decisions <file>',
      "write Foresail's replicas, timestamp,desired, a row a scored step",
    ),
    new Option(
      '--threshold <expression>',
      "what must be reached, such as 'violations<=1%'; repeat it for more; exit code 99 where one is missed",
    ).argParser(threshold),
    ...recordingOptions(),
    new Option(
      '-o, --output <format>',
      'format of the report; csv: the policies, a row each; md: to put under a pull request',
    )
      .choices(FORMATS)
      .default('table'),
    new Option('--out <file>', 'write the report here instead of printing it'),
  ]
  for (const option of options) {
    const name = option.attributeName()
    if (risks.includes(name)) option.conflicts(risks.filter((other) => other !== name))
    command.addOption(option)
  }
}
