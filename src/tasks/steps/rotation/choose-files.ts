import { SealwardError } from '../../../core/errors.ts'
import type { Keys } from '../../world.ts'
import { POLICY_FILES } from '../policy-for.ts'
import { ownRecipients } from './held-keys.ts'
import { findSealedFiles, type SealedFile, type SealedFilesWorld } from './sealed-files.ts'

export interface FilesChoice {
  /** The recipient to replace; absent where one alone of the keys at hand opens files. */
  readonly replace?: string
  /** Only files of this environment. */
  readonly environment?: string
}

export interface ChosenFiles {
  readonly old: string
  /** The files that it opens. */
  readonly due: readonly SealedFile[]
}

/**
 * Which recipient is to be replaced, and in which files.
 *
 * @throws SealwardError not-found where it opens none; usage where several could be meant; unsupported where sealward.yml has one recipient for
 *   the environment and for others
 */
export async function chooseFiles(
  { replace, environment }: FilesChoice,
  world: SealedFilesWorld & { readonly keys: Keys },
): Promise<ChosenFiles> {
  const found = await findSealedFiles(world)
  const meant = found.filter((file) => environment === undefined || file.environment === environment)
  const named = new Set(meant.flatMap(({ recipients }) => recipients))
  const own = replace === undefined ? await ownRecipients(world.keys) : [replace]
  const [old, another] = own.filter((recipient) => named.has(recipient))
  if (old === undefined) throw nothingToRotate(replace)
  if (another !== undefined)
    throw new SealwardError('usage', 'several keys at hand open files', {
      hint: 'say with --replace RECIPIENT which one is to go, or give it alone with -i FILE',
    })
  const due = meant.filter(({ recipients }) => recipients.includes(old))
  const isElsewhere = found.some((file) => !meant.includes(file) && file.recipients.includes(old))
  if (isElsewhere) await refuseShared(old, due, world)
  return { old, due }
}

/** A policy says who somebody is in one place: it cannot say one key for some files and another one for others. */
async function refuseShared(old: string, due: readonly SealedFile[], world: SealedFilesWorld): Promise<void> {
  for (const { path } of due) {
    const config = await world.configs.nearest(POLICY_FILES, `${world.top}/${path}`)
    if (config !== null && Buffer.from(config.bytes).includes(old))
      throw new SealwardError('unsupported', 'this recipient opens files of other environments too', {
        file: POLICY_FILES[0]!,
        hint: 'rotate without --environment, or give the environment a recipient of its own first',
      })
  }
}

function nothingToRotate(replace: string | undefined): SealwardError {
  if (replace !== undefined)
    return new SealwardError('not-found', 'no encrypted file is for the recipient that --replace names')
  return new SealwardError('no-identity', 'no key at hand opens an encrypted file here', {
    hint: 'give one with -i FILE or SEALWARD_KEY, or say with --replace RECIPIENT which one is to go',
  })
}
