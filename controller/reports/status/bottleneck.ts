import type { PredictiveScalerStatus } from '../../api/status.ts'

type LeadTime = NonNullable<PredictiveScalerStatus['leadTime']>

export type Stage = 'scheduling' | 'image' | 'application'

/** The stage that takes more than half of a start-up; null where none does, or not all are known. */
export function bottleneckOf(leadTime: LeadTime): Stage | null {
  const { schedulingSeconds, imageSeconds, applicationSeconds } = leadTime
  if (
    schedulingSeconds === undefined ||
    imageSeconds === undefined ||
    applicationSeconds === undefined
  ) {
    return null
  }
  const half = (schedulingSeconds + imageSeconds + applicationSeconds) / 2
  if (schedulingSeconds > half) return 'scheduling'
  if (imageSeconds > half) return 'image'
  return applicationSeconds > half ? 'application' : null
}
