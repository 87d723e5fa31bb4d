import { dayTemplate } from './day-template.ts'
import { dayTemplateWithLevel } from './day-template-with-level.ts'
import { holtWinters } from './holt-winters.ts'
import type { Model } from './model.ts'
import { persistence } from './persistence.ts'
import { ridge } from './ridge.ts'
import { seasonalNaiveDay, seasonalNaiveWeek } from './seasonal-naive.ts'

/** Every forecaster. Adding one is its own file and a line here. */
export const MODELS: readonly Model[] = [
  ridge,
  persistence,
  dayTemplate,
  dayTemplateWithLevel,
  holtWinters,
  seasonalNaiveDay,
  seasonalNaiveWeek,
]

/** The model of that id. @throws RangeError for an id that no model has: data from another version */
export function modelOf(id: string): Model {
  const model = MODELS.find((candidate) => candidate.id === id)
  if (model === undefined) throw new RangeError(`no forecaster is called "${id}"`)
  return model
}
