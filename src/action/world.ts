import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { openFiles } from '../adapters/files/files.ts'
import { openConfigs } from '../adapters/files/nearest.ts'
import { keyPlaces } from '../adapters/keys/places.ts'
import { openRunner, type Runner } from '../adapters/runner/runner.ts'
import { type RunFacts, readRunFacts } from '../core/trust/facts.ts'
import type { UnlockWorld } from '../tasks/steps/unlock.ts'
import type { Files, Finder } from '../tasks/world.ts'
import type { Inputs } from './inputs.ts'

export { openRunner, type Runner }

/** The world of a decrypting step. Remarks are kept until the masks are out. */
export interface ActionWorld extends UnlockWorld {
  readonly finder: Finder
  readonly runner: Runner
  readonly facts: RunFacts
  readonly remarks: readonly string[]
}

export function openWorld(inputs: Inputs, runner: Runner): ActionWorld {
  const root = resolve(process.env.GITHUB_WORKSPACE ?? '.', inputs.workingDirectory)
  const remarks: string[] = []
  const say = (message: string) => void remarks.push(message)
  const env = inputs.key === null ? process.env : { ...process.env, SEALWARD_KEY: inputs.key }
  const files = below(root, openFiles())
  return {
    files,
    configs: openConfigs(root, files),
    finder: { find: async (globs) => (await import('../adapters/files/find.ts')).openFinder(root).find(globs) },
    keys: keyPlaces({ env, platform: process.platform, home: homedir() }),
    teller: { warn: say, note: say },
    remarks,
    runner,
    facts: readRunFacts(process.env, null),
  }
}

/** Paths are those of the workflow: relative to the working directory. */
function below(root: string, files: Files): Files {
  return {
    read: (path, maxBytes) => files.read(resolve(root, path), maxBytes),
    write: (path, bytes, how) => files.write(resolve(root, path), bytes, how),
    locked: (path, work) => files.locked(resolve(root, path), work),
  }
}
