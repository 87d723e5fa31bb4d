import type { Actuation } from '../../forecaster/actuation/actuation.ts'
import type { Stated } from '../../forecaster/backtest/assumptions.ts'
import type { HpaSetting } from '../../forecaster/backtest/hpa-policy.ts'
import { type LogNormal, sameForAll } from '../../forecaster/lead-time/log-normal.ts'
import type { Risk } from '../../forecaster/plans/plan.ts'
import { HPA_STABILIZATION_SECONDS } from '../../forecaster/reactive/hpa/controller-settings.ts'
import { statedCapacity } from '../api/demand.ts'
import { riskOf } from '../api/risk.ts'
import type { PredictiveScalerSpec } from '../api/spec.ts'
import type {
  HpaFacts,
  Origin,
  OriginOrHpa,
  Origins,
  ScalerFacts,
} from '../reports/backtest/report.ts'
import type { BacktestOptions } from './backtest-options.ts'
import { EXIT, Failure } from './failure.ts'
import { hpaBaseline } from './hpa-baseline.ts'
import type { Manifests } from './read-manifests.ts'

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
  hpaManifest: HpaFacts | null
}

/**
 * Options win over the manifests, a scaler over an HPA, both over what is assumed.
 *
 * @param isGiven whether the user wrote that option: a default is no wish
 * @throws Failure (usage) where both together make no sense, (input) where an HPA has no target to run
 */
export function askedOf(
  options: BacktestOptions,
  isGiven: (option: keyof BacktestOptions) => boolean,
  manifest: Manifests | null,
): Asked {
  const spec = manifest?.scaler?.spec
  const hpaSpec = manifest?.hpa?.spec
  const origins = originsOf(isGiven, spec !== undefined, hpaSpec !== undefined)
  const fromSpec = (origin: OriginOrHpa) => (origin === 'scaler' ? spec : undefined)
  const limitsFrom = (origin: OriginOrHpa) => (origin === 'hpa' ? hpaSpec : fromSpec(origin))
  const stated: Stated = {
    capacityPerReplica:
      origins.capacityFrom === 'scaler' ? capacityOf(manifest) : (options.capacity ?? null),
    peakReplicas: options.peakReplicas ?? null,
    minReplicas: limitsFrom(origins.minFrom)?.minReplicas ?? options.min,
    maxReplicas: limitsFrom(origins.maxFrom)?.maxReplicas ?? options.max ?? null,
  }
  checkLimits(stated, origins, manifest)
  const risk = fromSpec(origins.riskFrom)?.prediction.risk
  const manifestStartUp = fromSpec(origins.startUpFrom)?.leadTime.initialSeconds
  const { hpa, hpaManifest } = configuredHpa(options, origins.hpaFrom, manifest, stated)
  return {
    stated,
    startUp: manifestStartUp === undefined ? options.startUp : sameForAll(manifestStartUp),
    hpa,
    actuation: actuationOf(options, hpa, fromSpec(origins.guardFrom), stated.minReplicas),
    risk: risk === undefined ? optionalRisk(options) : riskOf(risk),
    holdWindowSeconds:
      spec?.behavior.scaleDown.stabilizationWindowSeconds ?? HPA_STABILIZATION_SECONDS,
    from: origins,
    scaler: scalerFacts(manifest),
    hpaManifest,
  }
}

function originsOf(
  isGiven: (option: keyof BacktestOptions) => boolean,
  hasScaler: boolean,
  hasHpa: boolean,
): Origins {
  const unless = (given: boolean): Origin => (given ? 'stated' : hasScaler ? 'scaler' : 'assumed')
  const from = (option: keyof BacktestOptions) => unless(isGiven(option))
  const orHpa = (origin: Origin): OriginOrHpa => (origin === 'assumed' && hasHpa ? 'hpa' : origin)
  return {
    capacityFrom: isGiven('peakReplicas') ? 'peak-replicas' : from('capacity'),
    minFrom: orHpa(from('min')),
    maxFrom: orHpa(from('max')),
    startUpFrom: from('startUp'),
    riskFrom: unless(RISKS.some(isGiven)),
    holdFrom: unless(false),
    hpaFrom: orHpa(isGiven('hpaTarget') ? 'stated' : 'assumed'),
    guardFrom: from('guard'),
  }
}

function configuredHpa(
  { hpaTarget }: BacktestOptions,
  hpaFrom: OriginOrHpa,
  manifest: Manifests | null,
  { capacityPerReplica: capacity }: Stated,
): { hpa: HpaSetting; hpaManifest: HpaFacts | null } {
  const targetPercent = percentOf(hpaTarget)
  if (!manifest?.hpa) {
    const hpa = { targetPercent, stabilizationSeconds: HPA_STABILIZATION_SECONDS }
    return { hpa, hpaManifest: null }
  }
  const statedPercent = hpaFrom === 'stated' ? targetPercent : null
  const { setting, facts } = hpaBaseline(manifest.file, manifest.hpa, statedPercent, capacity)
  return { hpa: setting, hpaManifest: facts }
}

/**
 * The HPA beneath has the target of the one that is compared with: it is what Foresail gives back in
 * doubt. Its behavior is the default. A scaler without a guard raises no target.
 */
function actuationOf(
  { actuator, guard }: BacktestOptions,
  { targetPercent }: HpaSetting,
  spec: PredictiveScalerSpec | undefined,
  ownMinReplicas: number,
): Actuation {
  if (actuator === 'scale') return { kind: 'scale' }
  const manifestGuard = spec?.reactive.guard?.averageUtilization ?? targetPercent
  const guardPercent = spec === undefined ? percentOf(guard) : manifestGuard
  const stabilizationSeconds = HPA_STABILIZATION_SECONDS
  return { kind: 'hpa', targetPercent, guardPercent, stabilizationSeconds, ownMinReplicas }
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
function capacityOf(manifest: Manifests | null): number | null {
  const [signal, ...others] = manifest?.scaler?.spec.demand ?? []
  if (manifest === null || signal === undefined) return null
  if (others.length === 0) {
    const stated = statedCapacity(signal)
    if (stated !== undefined) return stated
    throw new Failure(
      `${manifest.file}: spec.demand[0].capacity: is a share of the pods' request, which a recording does not tell. ` +
        'State the capacity in the unit of the recording with --capacity',
      EXIT.usage,
    )
  }
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
  manifest: Manifests | null,
): void {
  if (maxReplicas === null || maxReplicas >= minReplicas) return
  const named = (option: 'min' | 'max', value: number, origin: OriginOrHpa) =>
    origin === 'scaler' || origin === 'hpa'
      ? `${option}Replicas ${value} of ${manifest?.file ?? ''}`
      : `--${option} ${value}`
  throw new Failure(
    `${named('max', maxReplicas, maxFrom)} is below ${named('min', minReplicas, minFrom)}. ` +
      'Raise one or lower the other',
    EXIT.usage,
  )
}

function scalerFacts(manifest: Manifests | null): ScalerFacts | null {
  if (!manifest?.scaler) return null
  const { namespace, name } = manifest.scaler.metadata
  return { file: manifest.file, namespace, name }
}
