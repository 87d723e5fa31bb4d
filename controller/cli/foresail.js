#!/usr/bin/env node
// Starts Foresail under a Node that runs TypeScript: this one, or the one that `make setup` fetched.
// Plain JavaScript of old, so that an old Node can read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

const NEEDED = [22, 19]

function isRecent() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])
}

function pathFromHere(relative) {
  return fileURLToPath(new URL(relative, import.meta.url))
}

/** Runs `node` in our place: its signals, its exit code. */
function runUnder(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT']) {
    process.on(signal, () => {
      // A terminal sends its own keys' signals to the child too; twice would mean "at once".
      const fromKeyboard = process.stdin.isTTY && (signal === 'SIGINT' || signal === 'SIGQUIT')
      if (!fromKeyboard) child.kill(signal)
    })
  }
  child.on('error', (error) => {
    process.stderr.write(`error: cannot start ${node}: ${error.message}. Run "make setup"\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal]
  })
}

const packaged = pathFromHere(`../../.toolchain/node_modules/node-linux-${process.arch}/bin/node`)
if (isRecent()) {
  // Kept in the system's temporary folder: the second start is a fifth of a second quicker.
  module.enableCompileCache()
  const { main } = await import('./main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else if (existsSync(packaged)) {
  runUnder(packaged)
} else {
  process.stderr.write(
    `error: Foresail needs Node ${NEEDED.join('.')} or newer, this is ${process.versions.node}. ` +
      `Run "make setup" in ${pathFromHere('../..')}\n`,
  )
  process.exitCode = 1
}
