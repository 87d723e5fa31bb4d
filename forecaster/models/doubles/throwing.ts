import type { Model } from '../model.ts'
import { constantModel } from './constant.ts'

/** Throws when it is asked to fit, or when it is asked to predict. */
export function throwingModel(at: 'fit' | 'predict'): Model {
  const fail = (): never => {
    throw new RangeError(`no ${at} today`)
  }
  return { ...constantModel(1, `throwing-${at}`), [at]: fail }
}
