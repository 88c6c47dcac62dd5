import { RECORD_FILES } from '../../../core/credential/record/place.ts'
import { isEncryptedFile, parseEncryptedFile } from '../../../core/envelope/file.ts'
import { everybodyIn, type KeyGroups } from '../../../core/envelope/keys/key-groups.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { keyGroupsOf } from '../../../core/envelope/text/metadata.ts'
import { SealwardError } from '../../../core/errors.ts'
import { type Policy, parsePolicy } from '../../../core/policy/policy.ts'
import type { Configs, Files, Finder } from '../../world.ts'
import { holdConfigs } from '../held.ts'
import { POLICY_FILES } from '../policy-for.ts'
import { USUAL_NAMES } from '../usual-names.ts'

/** All paths are from the top of the repository, with '/' separators. */
export interface PolicyFilesWorld {
  readonly files: Pick<Files, 'read'>
  readonly finder: Finder
  readonly configs: Configs
}

/** The sealward.yml that counts in a folder. */
export interface FoundPolicy {
  readonly policy: Policy
  /** Null where there is none yet. */
  readonly bytes: Uint8Array | null
}

/** An encrypted file that a policy is for. */
export interface PolicyFile {
  readonly path: string
  /** Relative to sealward.yml. */
  readonly relative: string
  readonly bytes: Uint8Array
  /** Whom it is encrypted to, as text. */
  readonly recipients: readonly string[]
  /** The same, with who has to come together. */
  readonly keyGroups: KeyGroups
}

/**
 * @param folder from the top; '' for the top itself
 * @throws SealwardError policy-invalid
 */
export async function findPolicy(folder: string, { configs }: Pick<PolicyFilesWorld, 'configs'>): Promise<FoundPolicy> {
  const config = await configs.nearest(POLICY_FILES, folder === '' ? 'x' : `${folder}/x`)
  if (config === null) return { policy: parsePolicy('', POLICY_FILES[0]!), bytes: null }
  return { policy: parsePolicy(config.bytes, config.file), bytes: config.bytes }
}

/**
 * Finds every encrypted file that a policy is for: by its usual name, named whole by an entry of `files`, or the record of a rotation. What is nearer to another
 * sealward.yml is not this one's.
 *
 * @throws SealwardError malformed for a file that cannot be read: nobody knows who can open it
 */
export async function findPolicyFiles({ policy, bytes }: FoundPolicy, world: PolicyFilesWorld): Promise<PolicyFile[]> {
  const configs = holdConfigs(world.configs)
  const folder = policy.file.slice(0, policy.file.lastIndexOf('/') + 1)
  const named = policy.files.map(({ path }) => folder + path).filter((path) => !/[*?[\]{}!\\]/.test(path))
  const found: PolicyFile[] = []
  for (const path of new Set([...(await world.finder.find([...USUAL_NAMES, RECORD_FILES])), ...named])) {
    const nearest = await configs.nearest(POLICY_FILES, path)
    if ((nearest?.file ?? null) !== (bytes === null ? null : policy.file)) continue
    const file = await readPolicyFile({ path, relative: nearest?.relative ?? path }, world.files)
    if (file !== null) found.push(file)
  }
  return found.sort((one, other) => (one.path < other.path ? -1 : 1))
}

/**
 * @returns null for what is not there, or no encrypted file
 * @throws SealwardError malformed and the like for one that cannot be read
 */
export async function readPolicyFile(
  { path, relative }: Pick<PolicyFile, 'path' | 'relative'>,
  files: PolicyFilesWorld['files'],
): Promise<PolicyFile | null> {
  const bytes = await files.read(path, FILE_BYTES)
  if (bytes === null || !isEncryptedFile(bytes)) return null
  try {
    const keyGroups = keyGroupsOf(parseEncryptedFile(bytes, { anyName: true }).metadata)
    return { path, relative, bytes, recipients: everybodyIn(keyGroups), keyGroups }
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : error
  }
}
