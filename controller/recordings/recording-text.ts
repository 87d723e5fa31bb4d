import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

import { RecordingProblem } from './recording-problem.ts'

/** Nine years of minutes in long rows; more than a process should hold as text. */
const MAX_BYTES = 256 * 1024 ** 2
const CHUNK_BYTES = 1024 ** 2

/**
 * The text of a recording in UTF-8, from UTF-8 or from the UTF-16 that Grafana writes for Excel.
 *
 * @throws RecordingProblem when there is no such file, it is too large, or it holds no text
 */
export function recordingText(file: string): Buffer {
  const content = readContent(file)
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe
  const text = isUtf16 ? Buffer.from(content.toString('utf16le')) : content
  if (text.subarray(0, CHUNK_BYTES).includes(0)) throw noText(file)
  return text
}

function readContent(file: string): Buffer {
  let descriptor: number | null = null
  try {
    descriptor = openSync(file, 'r')
    return readAll(descriptor, file)
  } catch (error) {
    if (error instanceof RecordingProblem) throw error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new RecordingProblem(
      `${file}: ${READ_FAULTS[code] ?? `cannot be read (${code}). Check the path`}`,
    )
  } finally {
    if (descriptor !== null) closeSync(descriptor)
  }
}

/** Chunk by chunk: a pipe or a device does not say how much is to come. */
function readAll(descriptor: number, file: string): Buffer {
  let total = fstatSync(descriptor).size
  if (total > MAX_BYTES) throw tooLarge(total, file)
  const chunks: Buffer[] = []
  total = 0
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
    const bytes = readSync(descriptor, chunk)
    if (bytes === 0) return Buffer.concat(chunks)
    total += bytes
    if (total > MAX_BYTES) throw tooLarge(total, file)
    chunks.push(chunk.subarray(0, bytes))
  }
}

function tooLarge(bytes: number, file: string): RecordingProblem {
  const size = bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
  return new RecordingProblem(
    `${file}: ${size} is more than a recording of one workload has. Keep the newest weeks, one series`,
  )
}

function noText(file: string): RecordingProblem {
  return new RecordingProblem(`${file}: this is no text. Give a CSV of timestamp,value, unpacked`)
}

const READ_FAULTS: Record<string, string> = {
  ENOENT: 'no such file. Check the path',
  ENOTDIR: 'no such file. Check the path',
  EISDIR: 'this is a directory. Give one CSV file in it',
  EACCES: 'permission denied. Make the file readable for you',
}
