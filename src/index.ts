import { homedir } from 'node:os'
import { openFiles } from './adapters/files/files.ts'
import { openConfigs } from './adapters/files/nearest.ts'
import { keyPlaces } from './adapters/keys/places.ts'
import { valuesOf } from './core/envelope/changes.ts'
import { SealwardError } from './core/errors.ts'
import { type UnlockWorld, unlockPath } from './tasks/steps/keys/unlock.ts'
import type { Keys } from './tasks/world.ts'

export { type ErrorCode, SealwardError } from './core/errors.ts'

export interface LoadOptions {
  /** The encrypted file. Default: `.env.encrypted`, relative to the working directory. */
  readonly file?: string
  /** An age identity (`AGE-SECRET-KEY-...`, several a line). Default: looked for where the command looks: SEALWARD_KEY, key files, ... */
  readonly identity?: string
  /** How values are read that sops encrypted with their quotes. Default: as sealward.yml says, else `literal`. */
  readonly quotes?: 'literal' | 'dotenv'
}

const DEFAULT_FILE = '.env.encrypted'

/**
 * Decrypts a file. Nothing is put into `process.env`.
 *
 * @returns the variables by name
 * @throws SealwardError with a `code`: not-found, no-identity, value-not-authentic, mac-mismatch, ...
 */
export async function load(options: LoadOptions = {}): Promise<Record<string, string>> {
  const { file = DEFAULT_FILE, identity, quotes } = options
  const { document } = await unlockPath(file, quotes === undefined ? {} : { quotes }, openWorld(identity))
  return Object.fromEntries(valuesOf(document))
}

/**
 * One secret: from the encrypted file, else from the environment, else the fallback.
 *
 * A file that is there but does not open is an error, with one exception: where no identity is at hand, as in a
 * job that was handed its variables by the Action, the environment answers.
 *
 * @throws SealwardError not-found when it is nowhere and there is no fallback, or what `load` throws
 */
export async function getSecretOrEnv(name: string, fallback?: string, options: LoadOptions = {}): Promise<string> {
  const secrets = await loadIfPossible(name, options)
  const value = ownValue(secrets, name) ?? ownValue(process.env, name) ?? fallback
  if (value !== undefined) return value
  throw new SealwardError('not-found', `${name} is neither in ${options.file ?? DEFAULT_FILE} nor in the environment`)
}

/** No file is no fault here; and without an identity the environment may answer, when it has the name. */
async function loadIfPossible(name: string, options: LoadOptions): Promise<Record<string, string>> {
  try {
    return await load(options)
  } catch (error) {
    const code = error instanceof SealwardError ? error.code : null
    const excused =
      (code === 'not-found' && options.file === undefined) ||
      (code === 'no-identity' && ownValue(process.env, name) !== undefined)
    if (excused) return {}
    throw error
  }
}

/** Of a record by any name: `constructor` and its like are in every object, `process.env` included. */
function ownValue(record: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

function openWorld(identity: string | undefined): UnlockWorld {
  const silent = () => undefined
  const files = openFiles()
  return {
    files,
    configs: openConfigs(process.cwd(), files),
    keys: identity === undefined ? ambientKeys() : givenKey(identity),
    teller: { warn: silent, note: silent },
  }
}

function ambientKeys(): Keys {
  return keyPlaces({ env: process.env, platform: process.platform, home: homedir() })
}

function givenKey(identity: string): Keys {
  return { places: () => [{ name: 'the option `identity`', read: async () => ({ text: identity }) }] }
}
