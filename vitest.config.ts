import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

/** Large matrices and long properties: they run in CI, and wherever SEALWARD_FULL=1 asks for them. */
const LONG = [
  'test/action/{environments,export,hostile,leak-matrix,ledger,refusals}.test.ts',
  'test/action/check/{issues,notify,runs}.test.ts',
  'test/action/organisation/**',
  'test/action/rotate/**',
  'test/action/runner/steps.test.ts',
  'test/action/scan/{allowances,events,hostile,leak-issue,own-secrets,run-attacks,run-leaks}.test.ts',
  'test/adapters/credentials/{command,redis,redis-hammer,setting-up,sqlcipher}.test.ts',
  'test/adapters/credentials/{mysql-family,postgres}/**',
  'test/adapters/files/{contained,lock,writing}.test.ts',
  'test/adapters/git/objects/{blobs,commit-blob}.test.ts',
  'test/adapters/git/{index,plain,rotation,sources}/**',
  'test/adapters/github/client/refusal.test.ts',
  'test/adapters/github/secrets.test.ts',
  'test/adapters/github/branch/**',
  'test/adapters/tls/{databases,endpoints}.test.ts',
  'test/adapters/workers/pool.test.ts',
  'test/cli/{audit,lockdown-issue,members-killed,rotate,rotate-push,rotate-secret}.test.ts',
  'test/core/certificate/hostile.test.ts',
  'test/core/config/yaml.test.ts',
  'test/core/dotenv/linear.test.ts',
  'test/core/envelope/{bit-flip,limits}.test.ts',
  'test/core/scan/generic/find-generic.test.ts',
  'test/core/signature/tampering.test.ts',
  'test/git/**',
  'test/hook/{code-cache,commit-kinds,finding-node,managers,pre-push,staging}.test.ts',
  'test/library/package.test.ts',
  'test/tasks/credentials/rotate-secret/{interleavings,kill-matrix,several}.test.ts',
  'test/tasks/credentials/rotate-secret/servers/**',
  'test/tasks/files/protect.test.ts',
  'test/tasks/scan/resume.test.ts',
  'test/tasks/steps/ages/value-age.test.ts',
  'test/tasks/steps/github/issues.test.ts',
  'test/tasks/steps/ledger/append.test.ts',
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
