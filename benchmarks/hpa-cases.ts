/**
 * Runs recorded behaviour of the HPA through the engine.
 *
 *   node benchmarks/hpa-cases.ts FILE...
 *
 * Prints each case that differs, and how many agree. Exit code 1 when any differs, 3 when a file
 * holds no cases.
 */
import { type HpaCase, readCases } from './hpa-cases/case-file.ts'
import { agrees, runCase } from './hpa-cases/compare.ts'

const files = process.argv.slice(2)
if (files.length === 0) {
  process.stderr.write('usage: node benchmarks/hpa-cases.ts FILE...\n')
  process.exit(2)
}
let agree = 0
let differ = 0
for (const one of casesOf(files)) {
  const got = runCase(one)
  if (agrees(got, one)) {
    agree++
    continue
  }
  differ++
  const { name, expected, acceptAlso = [] } = one
  const wanted = [expected, ...acceptAlso].map((accepted) => JSON.stringify(accepted))
  process.stdout.write(
    `${name}\n  expected ${wanted.join('\n        or ')}\n  got      ${JSON.stringify(got)}\n`,
  )
}
process.stdout.write(`${agree} agree, ${differ} differ\n`)
process.exitCode = differ === 0 ? 0 : 1

function casesOf(paths: readonly string[]): HpaCase[] {
  try {
    return paths.flatMap(readCases)
  } catch (error) {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(3)
  }
}
