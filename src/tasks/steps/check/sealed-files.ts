import type { CheckNote } from '../../../core/check/judged.ts'
import { isEncryptedFile, parseEncryptedFile } from '../../../core/envelope/file.ts'
import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import { environmentOf } from '../../../core/policy/environments.ts'
import { ruleFor } from '../../../core/policy/match.ts'
import { type Policy, parsePolicy } from '../../../core/policy/policy.ts'
import type { Configs, Files, Keys } from '../../world.ts'
import { unlockBytes } from '../keys/unlock.ts'
import { POLICY_FILES, policyFor } from '../policy-for.ts'
import type { ListedFiles } from './list-files.ts'
import type { SealedFile } from './looked.ts'

export interface SealedFilesWorld {
  readonly files: Pick<Files, 'read'>
  readonly configs: Configs
  readonly keys: Keys
}

export interface SealedFiles {
  readonly files: readonly SealedFile[]
  /** Those that are only named, and turned out not to be encrypted. */
  readonly others: readonly string[]
  readonly notes: readonly CheckNote[]
}

/**
 * Reads encrypted files, and opens those that a key at hand opens. One that is damaged is told of and left out, or left closed: the others
 * are judged all the same.
 *
 * @throws SealwardError policy-invalid
 */
export async function readSealedFiles(
  { sealed, named }: Pick<ListedFiles, 'sealed' | 'named'>,
  world: SealedFilesWorld,
): Promise<SealedFiles> {
  const files: SealedFile[] = []
  const others: string[] = []
  const notes: CheckNote[] = []
  for (const path of [...sealed, ...named]) {
    try {
      const bytes = await world.files.read(path, FILE_BYTES)
      if (bytes === null) continue
      if (named.includes(path) && !isEncryptedFile(bytes)) others.push(path)
      else files.push(await openOrSay(await parseOne(path, bytes, world), { world, notes }))
    } catch (error) {
      if (!(error instanceof SealwardError) || error.code === 'policy-invalid') throw error
      notes.push(noteOf(error, path))
    }
  }
  return { files, others, notes: [...notes, ...closedNote(files)] }
}

/** The policy that counts for a path, and the path as it knows it; where there is none, the defaults count. */
export async function settlePolicy(path: string, configs: Configs): Promise<{ policy: Policy; relative: string }> {
  return (await policyFor(path, configs)) ?? { policy: saysNothing(), relative: path }
}

/** One object, so that files without a policy are seen to have the same. */
let nothing: Policy | undefined

function saysNothing(): Policy {
  nothing ??= parsePolicy('', POLICY_FILES[0]!)
  return nothing
}

type ClosedFile = Omit<SealedFile, 'opened'>

async function parseOne(path: string, bytes: Uint8Array, { configs }: SealedFilesWorld): Promise<ClosedFile> {
  const { policy, relative } = await settlePolicy(path, configs)
  const file = parseEncryptedFile(bytes, { anyName: true })
  const quotes = ruleFor(policy, relative)?.quotes ?? 'literal'
  return { path, bytes, quotes, file, policy, relative, environment: environmentOf(policy, relative) }
}

interface Opening {
  readonly world: SealedFilesWorld
  readonly notes: CheckNote[]
}

async function openOrSay(file: ClosedFile, { world, notes }: Opening): Promise<SealedFile> {
  const { path, bytes, quotes } = file
  try {
    return { ...file, opened: await unlockBytes(bytes, { path, quotes, anyName: true }, { ...world, teller: SILENT }) }
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    if (error.code !== 'no-identity') notes.push(noteOf(error, path))
    return { ...file, opened: null }
  }
}

/** What is wrong with a place of keys is said by whoever asks for ages, once and not for each file. */
const SILENT = { warn: () => {}, note: () => {} }

function noteOf({ message, hint, line }: SealwardError, file: string): CheckNote {
  return {
    message,
    place: { file, ...(line === undefined ? {} : { line }) },
    ...(hint === undefined ? {} : { hint }),
  }
}

/** One note for all: without a key it is every file. */
function closedNote(files: readonly SealedFile[]): CheckNote[] {
  const closed = files.filter(({ opened }) => opened === null)
  const [first] = closed
  if (first === undefined) return []
  const hint = 'give a key that opens what is encrypted (-i FILE or SEALWARD_KEY; in a workflow the input key)'
  if (closed.length === 1)
    return [
      { message: 'not opened: when its values end by themselves is not looked at', place: { file: first.path }, hint },
    ]
  const count = `${closed.length} of ${files.length} encrypted files were not opened`
  return [{ message: `${count}: when their values end by themselves is not looked at`, hint }]
}
