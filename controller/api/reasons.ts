/**
 * Every reason that conditions and events give, with what it means. The words are API: alerts and
 * scripts match them, and the page on troubleshooting has one entry for each.
 */

export const CONDITION_REASONS = {
  // Ready
  Observing: 'All is well; mode Observe writes nothing.',
  Acting: 'All is well; the floor of the HPA follows the plan.',
  LeftToHpa: 'All is well; the HPA alone scales: Foresail is paused, or predicting does not pay.',
  InvalidSpec:
    'A field of spec is wrong; the message names it. Nothing is written until it is changed.',
  ReconcileFailed: 'Foresail itself failed on this object; it is tried again.',

  // TargetScalable
  HpaFound: 'The HPA is there and scales the workload of spec.scaleTargetRef.',
  TargetNotFound: 'The workload of spec.scaleTargetRef does not exist.',
  HpaNotFound: 'The HPA that spec.actuator names does not exist.',
  HpaScalesAnother:
    'The HPA that spec.actuator names scales another workload than spec.scaleTargetRef.',
  HpaNotScaling: 'The HPA reports ScalingActive=False: it cannot read its own metrics.',
  PodsFailing:
    'Pods cannot become Ready: no node has room, an image is missing, or they crash. More would not help.',
  ConflictingWriter:
    'Someone else writes the same fields of the HPA, or another object scales the workload.',
  AccessDenied:
    'The API server refused Foresail; its role lacks a permission that the message names.',
  ApiUnreachable: 'The API server did not answer.',
  WriteRefused: 'The API server refused what Foresail wrote; the message says why.',

  // HistoryAvailable
  HistoryComplete: 'Enough history to fit a forecast.',
  TooFewSamples: 'Less history than a forecast needs; the message says how long it will take.',
  NoSeries: 'The query answers with nothing.',
  SaturatedSamples:
    'The pods ran at their limit: what they wanted is not known. Such slots may raise and never train.',
  SeveralSeries: 'The query answers with more than one series; wrap it in sum().',
  UnknownSource: 'The operator of Foresail has configured no metrics source of that name.',
  Unreachable: 'The metrics source refused the connection or has no address.',
  Timeout: 'The metrics source did not answer in time.',
  Unauthorized: 'The metrics source refused the credentials.',
  BadQuery: 'The metrics source refused the query.',
  NotPrometheus: 'What answered does not speak the Prometheus API.',
  TooLarge: 'The answer of the metrics source is larger than Foresail reads.',
  ServerError: 'The metrics source failed.',

  // Predictable
  PredictionPays:
    'On its own recent past, predicting this workload saves replicas at the asked risk.',
  PredictionDoesNotPay: 'On its own recent past, predicting this workload saves nothing.',
  NotYetKnown: 'Not enough history to tell, or a quantile was asked for, which is not judged.',
  ForecastFailed: 'No forecaster gave a usable forecast.',

  // ScalingLimited
  DesiredWithinRange: 'What Foresail wants lies between minReplicas and maxReplicas.',
  TooManyReplicas: 'Foresail wants more than maxReplicas.',
  TooFewReplicas: 'Foresail wants fewer than minReplicas.',
  ScalingIneffective:
    'New pods have found no node for minutes: the floor is raised no further until one does.',

  ImplausibleForecast:
    'The forecast asks for far more than was ever needed; it is bound. A minimum of yours is not.',

  // FallbackActive
  SourceFresh: 'The newest sample is recent.',
  SourceStale: 'The newest sample is older than spec.fallback.afterSeconds.',
  SourcePartial: 'The metrics source warns that its answer is partial: it may raise, never lower.',
  ActingOnStoredPlan:
    'No history since the controller started: the larger of the last floor and the stored plan holds.',
  PlanExpired: 'The metrics source fails and the last plan has run out.',

  // Paused
  NotPaused: 'The annotation foresail.dev/paused is not set.',
  PausedByAnnotation:
    'The annotation foresail.dev/paused is set: the HPA has its own values and scales alone.',
} as const satisfies Record<string, string>

export const EVENT_REASONS = {
  FloorRaised: "The HPA's minReplicas was raised.",
  FloorLowered: "The HPA's minReplicas was lowered.",
  GuardRaised: "The target of the HPA's guard metric was raised to spec.reactive.guard.",
  GuardRestored: "The target of the HPA's guard metric was put back to the user's own.",
  HpaReleased: "The HPA has the user's own values again; Foresail wrote them back.",
  FallbackStarted: 'The metrics source fails; spec.fallback is in force.',
  FallbackEnded: 'The metrics source answers again.',
  Paused: 'Someone set the annotation foresail.dev/paused.',
  Resumed: 'Someone took the annotation foresail.dev/paused away.',
  SpecRefused: 'A field of spec is wrong; the message names it.',
  WriteFailed: 'The HPA could not be written; the message says why.',
} as const satisfies Record<string, string>

export type ConditionReason = keyof typeof CONDITION_REASONS
export type EventReason = keyof typeof EVENT_REASONS
