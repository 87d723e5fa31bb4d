/** node controller/test-cluster/run.ts [scenario...]: runs scenarios on a real control plane. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ClusterRun } from './cluster.ts'
import { startCluster } from './cluster.ts'
import { logTail } from './process.ts'
import { say, seconds } from './say.ts'
import type { Scenario } from './scenario.ts'
import { scenarioOf } from './scenario.ts'

interface Outcome {
  name: string
  passed: boolean
  took: string
  measured: readonly string[]
}

const FOLDER = join(import.meta.dirname, 'scenarios')

async function main(wanted: readonly string[]): Promise<number> {
  const scenarios = await load(wanted)
  const run = await startCluster()
  const outcomes: Outcome[] = []
  for (const scenario of scenarios.filter(({ beside }) => beside !== true))
    outcomes.push(await runOne(run, scenario))
  const together = scenarios.filter(({ beside }) => beside === true)
  outcomes.push(...(await Promise.all(together.map((scenario) => runOne(run, scenario)))))
  await run.stop()

  process.stdout.write('\n')
  for (const { name, passed, took, measured } of outcomes) {
    process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name} (${took})\n`)
    for (const line of measured) process.stdout.write(`          ${line}\n`)
  }
  const failed = outcomes.filter(({ passed }) => !passed).length
  process.stdout.write(`\n${outcomes.length - failed} passed, ${failed} failed\n`)
  return failed === 0 ? 0 : 1
}

/** All scenarios in the order of their files, or those whose file name contains one of `wanted`. */
async function load(wanted: readonly string[]): Promise<Scenario[]> {
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .sort()
  const unknown = wanted.filter((word) => !files.some((file) => file.includes(word)))
  if (unknown.length > 0 || files.length === 0) {
    throw new Error(`no scenario called ${unknown.join(', ')}; there are ${files.join(', ')}`)
  }
  const chosen = files.filter(
    (file) => wanted.length === 0 || wanted.some((word) => file.includes(word)),
  )
  return Promise.all(
    chosen.map(async (file) =>
      scenarioOf(await import(pathToFileURL(join(FOLDER, file)).href), file),
    ),
  )
}

async function runOne(run: ClusterRun, scenario: Scenario): Promise<Outcome> {
  const start = performance.now()
  say(`scenario: ${scenario.name}`)
  let passed = true
  const { cluster, end } = run.beginScenario()
  try {
    await withinTime(scenario.run(cluster), scenario.timeoutSeconds ?? 900)
    const dead = cluster.controlPlane.processes().filter((process) => !process.running())
    if (dead.length > 0)
      throw new Error(`ended by themselves: ${dead.map((one) => one.name).join(', ')}`)
  } catch (error) {
    passed = false
    say(`FAILED: ${scenario.name}`)
    process.stdout.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
    printLogTails(run.logFolder)
  }
  const measured = await end()
  say(`${passed ? 'passed' : 'FAILED'}: ${scenario.name} in ${seconds(start)}`)
  return { name: scenario.name, passed, took: seconds(start), measured }
}

async function withinTime(work: Promise<void>, timeoutSeconds: number): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new Error(`not done after ${timeoutSeconds} s`))
  }, timeoutSeconds * 1000)
  try {
    await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function printLogTails(folder: string): void {
  for (const file of readdirSync(folder)) {
    process.stdout.write(`--- end of ${file}\n${logTail(join(folder, file), 15)}\n`)
  }
}

try {
  // exit, not exitCode: a scenario that ran out of time may still hold timers.
  process.exit(await main(process.argv.slice(2)))
} catch (error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.stdout.write('\n0 passed, 1 failed\n')
  process.exit(1)
}
