import type { ConditionType, Statement } from '../api/conditions.ts'
import { pausedReplicas } from '../api/paused.ts'
import type { ConditionReason } from '../api/reasons.ts'
import { hasLastingFaults, isFailing } from '../lifecycle/failing.ts'
import { instant } from './instant.ts'
import type { SyncView } from './view.ts'

type Said = Pick<Statement, 'status' | 'reason' | 'message'>

/** What holds after a sync, one statement a condition type. Pure. */
export function conditionsOf(view: SyncView): Statement[] {
  const said: Record<ConditionType, Said> = {
    Ready: ready(view),
    HistoryAvailable: historyAvailable(view),
    Predictable: predictable(view),
    TargetScalable: targetScalable(view),
    ScalingLimited: scalingLimited(view),
    FallbackActive: fallbackActive(view),
    Paused: pausedBy(view),
  }
  const observedGeneration = view.scaler.metadata.generation
  return (Object.keys(said) as ConditionType[]).map((type) => ({
    type,
    ...said[type],
    observedGeneration,
  }))
}

function pausedBy({ paused, scaler }: SyncView): Said {
  if (!paused) return no('NotPaused', 'the annotation foresail.dev/paused is not set')
  const held = pausedReplicas(scaler.metadata.annotations)
  const set = 'the annotation foresail.dev/paused is set'
  switch (held.kind) {
    case 'none':
      return yes('PausedByAnnotation', `${set}; the HPA has its own values`)
    case 'replicas':
      return yes('PausedByAnnotation', `${set}; the floor is held at ${held.replicas} replicas`)
    case 'invalid': {
      const wrong = `foresail.dev/paused-replicas is ${JSON.stringify(held.text)}, which is no number of replicas`
      return yes('PausedByAnnotation', `${set}; ${wrong}: the HPA has its own values`)
    }
  }
}

function ready(view: SyncView): Said {
  const target = targetScalable(view)
  if (target.status === 'False') return no(target.reason, target.message)
  // A pod or two that crash are told under TargetScalable; the workload goes on.
  if (target.reason === 'PodsFailing' && isFailing(view.pods)) {
    return no(target.reason, target.message)
  }
  if (view.paused) return yes('LeftToHpa', 'paused: the HPA alone scales')
  if (view.live === null) return no(view.notLive.reason, view.notLive.message)
  if (view.fallback) {
    const { reason, message } = fallbackActive(view)
    return no(reason, message)
  }
  return view.scaler.spec.mode === 'Observe'
    ? yes('Observing', 'decides at every step; mode Observe writes nothing')
    : yes('Acting', 'the floor of the HPA follows the plan')
}

function historyAvailable({ live, notLive }: SyncView): Said {
  if (live !== null) return yes('HistoryComplete', 'a week of demand was lived through')
  if (notLive.reason === 'NotYetKnown') return unknown(notLive.reason, notLive.message)
  return no(notLive.reason, notLive.message)
}

/** Whether predicting pays, by replay of the workload's own past. */
function predictable({ live }: SyncView): Said {
  if (live?.fitProblem != null) {
    return no(
      'ForecastFailed',
      `an older fit is in use, for the newest is not there: ${live.fitProblem}`,
    )
  }
  if (live?.deliberation?.demandAhead === null) {
    return no('ForecastFailed', 'no forecaster gave a forecast for the coming slots')
  }
  const selection = live?.workload.selection
  if (selection?.risk.kind === 'quantile') {
    return unknown('NotYetKnown', 'a quantile was asked for: whether it pays is not judged')
  }
  const choice = selection?.choice
  if (choice?.pays == null) {
    return unknown('NotYetKnown', 'too little was lived through to judge whether predicting pays')
  }
  if (choice.pays) {
    return yes('PredictionPays', 'on its own past the forecast is cheaper than the HPA alone')
  }
  return choice.leads === 'forecast'
    ? no(
        'PredictionDoesNotPay',
        'on its own past the forecast is hardly cheaper than the HPA alone',
      )
    : no('PredictionDoesNotPay', 'on its own past the HPA alone is cheaper: it is left to it')
}

/** Pods that will never be Ready; they are no longer lead time, and more of them would not help. */
function podsFailing({ pods }: SyncView): string | null {
  if (!hasLastingFaults(pods)) return null
  const found = Object.entries(pods.faults).map(
    ([fault, count]) => `${count} ${FAULT_WORDS[fault]}`,
  )
  return `of ${pods.existing} pods ${found.join(', ')}; they count for no lead time`
}

const FAULT_WORDS: Readonly<Record<string, string>> = {
  Unschedulable: 'found no node',
  ImageUnavailable: 'could not get their image',
  Crashing: 'restarted and were not Ready',
  Misconfigured: 'could not create their containers',
}

function targetScalable(view: SyncView): Said {
  const { hpa } = view
  switch (hpa.kind) {
    case 'missing':
      return no(missingReason(view.scaler.spec.actuator.type), hpa.message)
    case 'error':
      return no(ERROR_REASONS[hpa.reason], hpa.message)
    case 'hpa': {
      const failing = podsFailing(view)
      if (failing !== null) return yes('PodsFailing', failing)
      return hpa.view.scalingActive === false
        ? yes('HpaNotScaling', 'the floor can be moved, but the HPA cannot read its own metrics')
        : yes('HpaFound', 'the HPA is there and its floor can be moved')
    }
  }
}

/** Without an HPA in between it is the workload itself that is not there. */
function missingReason(actuator: string): 'TargetNotFound' | 'HpaNotFound' {
  return actuator === 'Scale' ? 'TargetNotFound' : 'HpaNotFound'
}

const ERROR_REASONS = {
  AccessDenied: 'AccessDenied',
  Unreachable: 'ApiUnreachable',
  Conflict: 'ConflictingWriter',
  Invalid: 'WriteRefused',
  ScalesAnother: 'HpaScalesAnother',
  OtherOwner: 'ConflictingWriter',
} as const

function scalingLimited({ live, nowMs, pods: { noRoom } }: SyncView): Said {
  if (noRoom !== null) {
    const who = noRoom.pods === 1 ? '1 pod finds' : `${noRoom.pods} pods find`
    // Since when, not for how long: a message that changes by itself would be written again and again.
    const since = instant(nowMs - noRoom.seconds * 1000)
    return yes(
      'ScalingIneffective',
      `${who} no node since ${since}: the floor is raised no further until one does, but for a try now and then; add nodes, or have the pods request less`,
    )
  }
  const decision = live?.deliberation?.decision
  if (decision === undefined) return unknown('NotYetKnown', 'nothing was decided yet')
  const { unbounded, replicas } = decision
  if (decision.reason === 'MaxReplicas') {
    const who = saidBy('maxReplicas', live?.limits?.maxFrom)
    return yes('TooManyReplicas', `${unbounded} replicas wanted, ${who} allows ${replicas}`)
  }
  if (decision.reason === 'SanityBound') {
    const message = `the forecast is bound to ${replicas} replicas, three times the highest need of the history`
    return yes('ImplausibleForecast', message)
  }
  const who = saidBy('minReplicas', live?.limits?.minFrom)
  return decision.reason === 'MinReplicas'
    ? yes('TooFewReplicas', `${unbounded} replicas wanted, ${who} asks for ${replicas}`)
    : no('DesiredWithinRange', 'the wanted replicas lie between minReplicas and maxReplicas')
}

function saidBy(field: string, window: string | undefined): string {
  return window === undefined ? field : `${field} of the window "${window}"`
}

function fallbackActive(view: SyncView): Said {
  const { fallback, advanced, live } = view
  if (live === null || advanced === null) return stoodInFor(view)
  const [problem] = advanced.problems
  if (!fallback) {
    return problem?.reason === 'SourcePartial'
      ? no('SourcePartial', problem.message)
      : no('SourceFresh', 'the newest sample is recent')
  }
  const minutes = Math.round(advanced.sampleAgeSeconds / 60)
  const cause = problem === undefined ? 'no new sample came' : problem.message
  const said = `newest sample ${minutes} min old: ${cause}`
  return live.deliberation?.decision.absent.includes('NoForecast') === true
    ? yes('PlanExpired', `${said}; the plan has run out, ${HANDED_OVER}`)
    : yes('SourceStale', `${said}; the floor is held, and follows the plan upwards`)
}

const HANDED_OVER = 'so the HPA takes over as soon as it reports ScalingActive=True'

/** There is no workload to ask: its history was not read since the controller started. */
function stoodInFor({ fallback, standIn, notLive, kept }: SyncView): Said {
  const { plan } = kept
  if (!fallback || standIn === null) return unknown('NotYetKnown', 'no forecast is in use')
  if (standIn.expired) {
    const ended = plan === null ? 'no plan is stored' : `the stored plan ended at ${plan.expiresAt}`
    return yes('PlanExpired', `${notLive.message}; ${ended}, ${HANDED_OVER}`)
  }
  return plan === null
    ? yes('SourceStale', `${notLive.message}; no plan is stored, the floor is held`)
    : yes(
        'ActingOnStoredPlan',
        `${notLive.message}; the floor is the larger of the last one and the plan in ConfigMap ${kept.configMap}, until ${plan.expiresAt}`,
      )
}

function yes(reason: ConditionReason, message: string): Said {
  return { status: 'True', reason, message }
}

function no(reason: ConditionReason, message: string): Said {
  return { status: 'False', reason, message }
}

function unknown(reason: ConditionReason, message: string): Said {
  return { status: 'Unknown', reason, message }
}
