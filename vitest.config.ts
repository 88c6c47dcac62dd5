import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

/** Large matrices and long properties: they run in CI, and wherever SEALWARD_FULL=1 asks for them. */
const LONG = [
  'test/action/environments.test.ts',
  'test/action/hostile.test.ts',
  'test/action/leak-matrix.test.ts',
  'test/action/refusals.test.ts',
  'test/action/check/{issues,runs}.test.ts',
  'test/action/organisation/**',
  'test/action/rotate/**',
  'test/action/scan/{allowances,events,hostile,leak-issue,run-attacks,run-leaks}.test.ts',
  'test/adapters/credentials/{kill-matrix,redis-hammer,sqlcipher}.test.ts',
  'test/adapters/credentials/{mysql-family,postgres}/**',
  'test/adapters/git/blobs.test.ts',
  'test/adapters/git/plain/**',
  'test/adapters/git/rotation/**',
  'test/adapters/git/index/**',
  'test/adapters/git/sources/**',
  'test/core/dotenv/linear.test.ts',
  'test/core/envelope/{bit-flip,limits}.test.ts',
  'test/core/scan/generic/find-generic.test.ts',
  'test/core/signature/tampering.test.ts',
  'test/hook/{code-cache,commit-kinds,finding-node,managers,pre-push}.test.ts',
  'test/cli/{audit,lockdown-issue,members-killed,rotate,rotate-secret}.test.ts',
  'test/git/**',
  'test/tasks/steps/ledger/append.test.ts',
  'test/tasks/scan/resume.test.ts',
  'test/tasks/credentials/rotate-secret/{interleavings,kill-matrix,several}.test.ts',
  'test/tasks/credentials/rotate-secret/servers/**',
]

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // The standard leaves one processor idle: of two, that is half.
    maxWorkers: availableParallelism(),
    exclude: full ? [] : LONG,
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
