import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { EXIT, Failure } from './failure.ts'

/**
 * Refuses a path that cannot become a file, before any work is done for it.
 *
 * @throws Failure (usage)
 */
export function checkOutput(path: string, option: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new Failure(`${option} ${path}: this is a directory. Name a file in it`, EXIT.usage)
  }
  if (!existsSync(dirname(path))) {
    throw new Failure(
      `${option} ${path}: no directory ${dirname(path)}. Create it first`,
      EXIT.usage,
    )
  }
}

/**
 * Writes a file whole or not at all: beside it first, then in its place.
 *
 * @throws Failure when the file system refuses
 */
export function writeOutput(path: string, content: string): void {
  const target = existsSync(path) ? realpathSync(path) : path
  try {
    // A pipe or a device cannot be replaced, only written to.
    if (existsSync(target) && !statSync(target).isFile()) {
      writeFileSync(target, content)
      return
    }
    replaceFile(target, content)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Failure(`${path}: cannot be written: ${reason}`, EXIT.unexpected)
  }
}

function replaceFile(target: string, content: string): void {
  const beside = `${target}.${process.pid}.tmp`
  try {
    writeFileSync(beside, content, { flag: 'wx' })
    renameSync(beside, target)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** Prints to stdout; a reader that has gone away (`| head`) is no fault. */
export async function print(content: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') resolve()
      else
        reject(new Failure(`standard output: cannot be written: ${error.message}`, EXIT.unexpected))
    })
    process.stdout.write(content, (error) => {
      if (error == null || ('code' in error && error.code === 'EPIPE')) resolve()
      else
        reject(new Failure(`standard output: cannot be written: ${error.message}`, EXIT.unexpected))
    })
  })
}
