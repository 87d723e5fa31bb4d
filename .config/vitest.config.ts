import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['{forecaster,controller,examples,benchmarks}/**/*.test.ts'],
    exclude: ['controller/test-cluster/scenarios/**', '**/node_modules/**'],
    // Living through a week takes a second or two, more on a busy machine.
    testTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['forecaster/**/*.ts', 'controller/**/*.ts'],
      exclude: ['**/*.test.ts', 'controller/test-cluster/**'],
      reportsDirectory: 'coverage',
      reporter: ['text-summary', 'html'],
    },
  },
})
