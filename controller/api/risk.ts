import { z } from 'zod'

import type { Risk } from '../../forecaster/plans/plan.ts'

import { parsePercent } from './percent.ts'
import { positiveQuantity, quantityValue } from './positive-quantity.ts'
import { choiceWithDefault, withRule } from './schema-node.ts'

const PERCENTAGE = 'write it as a percentage such as "0.5%"'
const DECIMAL = 'write it as text such as "0.99"'

const violationBudget = withRule(text(PERCENTAGE), {
  cel:
    "self.matches('^[0-9]{1,2}([.][0-9]{1,6})?%$') && " +
    "double(self.replace('%', '')) > 0.0 && double(self.replace('%', '')) <= 50.0",
  holds: (text) => {
    const share = parsePercent(text)
    return /^\d\d?[.%]/.test(text) && share !== undefined && share > 0 && share <= 0.5
  },
  message: `must be more than 0% and at most 50%; ${PERCENTAGE}`,
})

const quantile = withRule(text(DECIMAL), {
  cel: "self.matches('^0[.][0-9]{1,9}$') && double(self) >= 0.5",
  holds: (text) => /^0\.\d{1,9}$/.test(text) && Number(text) >= 0.5,
  message: `must be at least 0.5 and below 1; ${DECIMAL}`,
})

const choice = z.strictObject({
  violationBudget: violationBudget
    .optional()
    .describe('Share of time in which demand may exceed what the running replicas carry.'),
  violationPrice: positiveQuantity()
    .optional()
    .describe('Replica-minutes that one violated minute is worth.'),
  quantile: quantile
    .optional()
    .describe('Plan for exactly this quantile of the forecast demand, between 0.5 and 1.'),
})

const exactlyOne = withRule(choice, {
  cel: '[has(self.violationBudget), has(self.violationPrice), has(self.quantile)].exists_one(x, x)',
  holds: (risk) => Object.values(risk).filter((value) => value !== undefined).length === 1,
  message: 'must have exactly one of violationBudget, violationPrice and quantile',
})

export const riskSchema = choiceWithDefault(exactlyOne, { violationBudget: '0.5%' }).describe(
  'How much risk of too few replicas is bought off. Without it: {violationBudget: "0.5%"}.',
)

/** Numbers that YAML would read as numbers: floats do not pass through Kubernetes unharmed. */
function text(how: string) {
  const error = (issue: { input?: unknown }) =>
    typeof issue.input === 'number' ? `must be in quotes; ${how}` : undefined
  return z.string({ error }).max(16)
}

/**
 * The risk in the forecaster's terms.
 *
 * @throws RangeError when the risk never went through the schema
 */
export function riskOf(risk: z.output<typeof riskSchema>): Risk {
  if (risk.violationBudget !== undefined) {
    const violationShare = parsePercent(risk.violationBudget)
    if (violationShare === undefined) throw new RangeError('not a violation budget')
    return { kind: 'budget', violationShare }
  }
  if (risk.violationPrice !== undefined) {
    return { kind: 'price', violationPrice: quantityValue(risk.violationPrice) }
  }
  if (risk.quantile === undefined) throw new RangeError('not a risk')
  return { kind: 'quantile', probability: Number(risk.quantile) }
}
