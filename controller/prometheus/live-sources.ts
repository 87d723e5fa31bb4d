import { readFile } from 'node:fs/promises'

import type { MetricsSource } from '../reconcile/ports.ts'
import { createPrometheusSource } from './prometheus-source.ts'
import { parseSources } from './sources-file.ts'

/** The sources of a file by name, as it is now. */
export interface LiveSources {
  sources: ReadonlyMap<string, MetricsSource>
  /**
   * Reads the file again. A source whose settings are the same stays as it is.
   *
   * @returns what is wrong with it; then all stays as it was. Empty where nothing is.
   */
  refresh: () => Promise<string[]>
}

/** @param fixed sources that are always there; the file may not take their names */
export function createLiveSources(
  file: string | undefined,
  fixed: ReadonlyMap<string, MetricsSource>,
): LiveSources {
  const sources = new Map(fixed)
  const settings = new Map<string, string>()
  return {
    sources,
    refresh: async () => {
      if (file === undefined) return []
      const text = await readFile(file, 'utf8').catch((error: unknown) =>
        error instanceof Error && 'code' in error ? Number.NaN : Promise.reject(error as Error),
      )
      if (typeof text !== 'string') return [`${file}: cannot be read`]
      const read = parseSources(text, file)
      const taken = read.sources.find(({ name }) => fixed.has(name))
      if (taken !== undefined) {
        read.problems.push(`${file}: the source "${taken.name}" is given by --prometheus too`)
      }
      if (read.problems.length > 0) return read.problems
      const names = new Set(read.sources.map(({ name }) => name))
      for (const name of settings.keys()) {
        if (names.has(name)) continue
        sources.delete(name)
        settings.delete(name)
      }
      for (const { name, ...rest } of read.sources) {
        const now = JSON.stringify(rest)
        if (settings.get(name) === now) continue
        sources.set(name, createPrometheusSource(withoutUndefined(rest)))
        settings.set(name, now)
      }
      return []
    },
  }
}

function withoutUndefined<T extends object>(given: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: NonNullable<T[K]>
  }
}
