import { defineConfig } from 'vitest/config'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', './test/reporter.ts'],
    testTimeout: full ? 120_000 : 30_000,
    hookTimeout: full ? 120_000 : 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/core/**/*.ts'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 95 },
    },
  },
})
