import { checkDeletion } from '../morning-ramp/check-deletion.ts'
import { checkKilledInRamp } from '../morning-ramp/check-killed.ts'
import { checkOutage } from '../morning-ramp/check-outage.ts'
import { checkRamp } from '../morning-ramp/check-ramp.ts'
import { checkReport } from '../morning-ramp/check-report.ts'
import { demandOfMorning } from '../morning-ramp/ramp-clock.ts'
import { setUp } from '../morning-ramp/set-up.ts'
import type { Scenario } from '../scenario.ts'

/**
 * The promise of Foresail on a real control plane: two Deployments under the same demand, one with the
 * HPA alone, one with Foresail over the same HPA. Then everything that can be taken away is.
 */
export const scenario: Scenario = {
  name: 'the morning ramp: pods Ready before the demand, and every way to lose Foresail',
  timeoutSeconds: 2400,
  run: async (cluster) => {
    const stage = await setUp(cluster, demandOfMorning(Date.now()))
    await Promise.all([checkRamp(stage), checkKilledInRamp(stage)])
    await checkReport(stage)
    await checkOutage(stage)
    await checkDeletion(stage)
  },
}
