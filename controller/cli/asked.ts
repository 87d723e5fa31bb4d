import type { Actuation } from '../../forecaster/actuation/actuation.ts'
import type { Stated } from '../../forecaster/backtest/assumptions.ts'
import type { HpaSetting } from '../../forecaster/backtest/hpa-policy.ts'
import { type LogNormal, sameForAll } from '../../forecaster/lead-time/log-normal.ts'
import type { Risk } from '../../forecaster/plans/plan.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/hpa/controller-settings.ts'
import { capacityPerReplica } from '../api/demand.ts'
import { riskOf } from '../api/risk.ts'
import type { PredictiveScaler } from '../api/schema.ts'
import type { Origin, Origins, ScalerFacts } from '../reports/backtest/report.ts'
import type { BacktestOptions } from './backtest-options.ts'
import { EXIT, Failure } from './failure.ts'

/** What a backtest is asked for, by options, by a manifest or by neither, and which it was. */
export interface Asked {
  stated: Stated
  startUp: LogNormal
  risk: Risk
  /** A plan's largest need is held at least this long. */
  holdWindowSeconds: number
  /** The HPA as configured. */
  hpa: HpaSetting
  actuation: Actuation
  from: Origins
  scaler: ScalerFacts | null
}

/** A manifest that was read, and the name the user gave it. */
export interface ScalerFile {
  file: string
  scaler: PredictiveScaler
}

/**
 * Options win over the manifest, the manifest over what is assumed.
 *
 * @param isGiven whether the user wrote that option: a default is no wish
 * @throws Failure (usage) where both together make no sense
 */
export function askedOf(
  options: BacktestOptions,
  isGiven: (option: keyof BacktestOptions) => boolean,
  manifest: ScalerFile | null,
): Asked {
  const spec = manifest?.scaler.spec
  const from = (option: keyof BacktestOptions): Origin =>
    isGiven(option) ? 'stated' : spec === undefined ? 'assumed' : 'scaler'
  const origins: Origins = {
    capacityFrom: isGiven('peakReplicas') ? 'peak-replicas' : from('capacity'),
    minFrom: from('min'),
    maxFrom: from('max'),
    startUpFrom: from('startUp'),
    riskFrom: RISKS.some(isGiven) ? 'stated' : from('violationBudget'),
    holdFrom: spec === undefined ? 'assumed' : 'scaler',
    hpaFrom: isGiven('hpaTarget') ? 'stated' : 'assumed',
    guardFrom: from('guard'),
  }
  const fromSpec = (origin: Origin) => (origin === 'scaler' ? spec : undefined)
  const stated: Stated = {
    capacityPerReplica:
      origins.capacityFrom === 'scaler' ? capacityOf(manifest) : (options.capacity ?? null),
    peakReplicas: options.peakReplicas ?? null,
    minReplicas: fromSpec(origins.minFrom)?.minReplicas ?? options.min,
    maxReplicas: fromSpec(origins.maxFrom)?.maxReplicas ?? options.max ?? null,
  }
  checkLimits(stated, origins, manifest)
  const risk = fromSpec(origins.riskFrom)?.prediction.risk
  const manifestStartUp = fromSpec(origins.startUpFrom)?.leadTime.initialSeconds
  const hpa = {
    targetPercent: percentOf(options.hpaTarget),
    stabilizationSeconds: HPA_STABILIZATION_SECONDS,
  }
  return {
    stated,
    startUp: manifestStartUp === undefined ? options.startUp : sameForAll(manifestStartUp),
    hpa,
    actuation: actuationOf(options, hpa, fromSpec(origins.guardFrom)),
    risk: risk === undefined ? optionalRisk(options) : riskOf(risk),
    holdWindowSeconds:
      spec?.behavior.scaleDown.stabilizationWindowSeconds ?? HPA_STABILIZATION_SECONDS,
    from: origins,
    scaler: factsOf(manifest),
  }
}

/**
 * The HPA beneath is the one that is compared with: its target is what Foresail gives back in doubt. A
 * manifest without a guard raises no target.
 */
function actuationOf(
  { actuator, guard }: BacktestOptions,
  hpa: HpaSetting,
  spec: PredictiveScaler['spec'] | undefined,
): Actuation {
  if (actuator === 'scale') return { kind: 'scale' }
  const manifestGuard = spec?.reactive.guard?.averageUtilization ?? hpa.targetPercent
  const guardPercent = spec === undefined ? percentOf(guard) : manifestGuard
  return { kind: 'hpa', ...hpa, guardPercent }
}

function percentOf(share: number): number {
  return Number((100 * share).toPrecision(9))
}

const RISKS = ['violationBudget', 'violationPrice', 'quantile'] as const

function optionalRisk({ quantile, violationPrice, violationBudget }: BacktestOptions): Risk {
  if (quantile !== undefined) return { kind: 'quantile', probability: quantile }
  if (violationPrice !== undefined) return { kind: 'price', violationPrice }
  return { kind: 'budget', violationShare: violationBudget }
}

/** A recording holds one signal, so that a manifest of several does not tell whose capacity is meant. */
function capacityOf(manifest: ScalerFile | null): number | null {
  const [signal, ...others] = manifest?.scaler.spec.demand ?? []
  if (manifest === null || signal === undefined) return null
  if (others.length === 0) return capacityPerReplica(signal)
  const names = [signal, ...others].map(({ name }) => name).join(', ')
  throw new Failure(
    `${manifest.file}: spec.demand: has ${others.length + 1} signals (${names}), a recording holds one. ` +
      'State the capacity of the recorded one with --capacity',
    EXIT.usage,
  )
}

function checkLimits(
  { minReplicas, maxReplicas }: Stated,
  { minFrom, maxFrom }: Origins,
  manifest: ScalerFile | null,
): void {
  if (maxReplicas === null || maxReplicas >= minReplicas) return
  const named = (option: 'min' | 'max', value: number, origin: Origin) =>
    origin === 'scaler'
      ? `${option}Replicas ${value} of ${manifest?.file ?? ''}`
      : `--${option} ${value}`
  throw new Failure(
    `${named('max', maxReplicas, maxFrom)} is below ${named('min', minReplicas, minFrom)}. ` +
      'Raise one or lower the other',
    EXIT.usage,
  )
}

function factsOf(manifest: ScalerFile | null): ScalerFacts | null {
  if (manifest === null) return null
  const { file, scaler } = manifest
  const { namespace, name } = scaler.metadata
  return {
    file,
    namespace,
    name,
  }
}
