import type { Model } from '../model.ts'
import { constantModel } from './constant.ts'

/** Fits, and then has no number for anything. */
export const notANumberModel: Model = constantModel(NaN, 'not-a-number')
