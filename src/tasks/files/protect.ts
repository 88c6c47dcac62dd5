import { isEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { judgeBlob } from '../../core/scan/judge.ts'
import { dotenvKind } from '../../core/scan/rules/dotenv-name.ts'
import { type Suspect, subtractAllowed } from '../steps/guard/allow.ts'
import { type IgnoredBy, ignorePath } from '../steps/guard/ignore.ts'
import { openStagedPolicy } from '../steps/guard/staged-policy.ts'
import type { Change, Ignored, Index, Staged, Version } from '../world/git/repository.ts'
import type { Clock, Files } from '../world.ts'

export interface ProtectRequest {
  /** Paths from the top of the repository. Empty: every staged .env in plain text that the policy does not allow. */
  readonly files: readonly string[]
  /** The top of the repository, absolute. */
  readonly top: string
}

export interface ProtectWorld<Summary> {
  readonly staged: Staged
  readonly index: Index
  readonly ignored: Ignored
  readonly files: Files
  readonly clock: Clock
  /** Encrypts a .env to a path, over the encrypted file that may be there. Throws, and writes nothing, when it cannot. */
  encryptTo(path: string, plaintext: Uint8Array): Promise<Summary>
}

/** `failed`: the plaintext is where it was, in the index too. The files after it were still tried. */
export type ProtectOutcome<Summary> =
  | ({ readonly kind: 'protected' } & Protection<Summary>)
  | { readonly kind: 'failed'; readonly file: string; readonly error: SealwardError }

export interface Protection<Summary> {
  readonly file: string
  /** The encrypted file, which is now staged. */
  readonly output: string
  readonly summary: Summary
  /** Which content was encrypted: what was staged, or what is on disk. */
  readonly source: 'staged' | 'disk'
  /** The file on disk is not what was encrypted: a part of it was staged, or it was edited since. */
  readonly diskDiffers: boolean
  /** HEAD has the plaintext, and history keeps it: every secret in it has to be replaced. */
  readonly inHistory: boolean
  readonly ignored: IgnoredBy
}

/**
 * The way out of a refused commit: encrypts the staged content, stages the encrypted file, takes the plaintext out of the index and
 * never from disk, and has git ignore it.
 *
 * @throws SealwardError git, or policy-invalid; what goes wrong with one file is in its outcome
 */
export async function protect<Summary>(
  request: ProtectRequest,
  world: ProtectWorld<Summary>,
): Promise<ProtectOutcome<Summary>[]> {
  const { changed } = await world.staged.changes()
  const tracked = await world.staged.tracked()
  const files = request.files.length > 0 ? request.files : await plaintextDotenvs(changed, world)
  const outcomes: ProtectOutcome<Summary>[] = []
  for (const file of files) {
    const change = changed.find(({ path }) => path === file)
    const entry = tracked.find(({ path }) => path === file)
    outcomes.push(await tryOne({ file, top: request.top, change, entry }, world))
  }
  return outcomes
}

/** One file to protect, and what the index has of it: a staged change, an entry like HEAD's, or nothing. */
interface Subject {
  readonly file: string
  readonly top: string
  readonly change: Change | undefined
  readonly entry: Version | undefined
}

async function plaintextDotenvs<Summary>(
  changed: readonly Change[],
  { staged, clock }: ProtectWorld<Summary>,
): Promise<readonly string[]> {
  const named = changed.filter(({ path }) => dotenvKind(path) !== null)
  const suspects: (Suspect & { readonly id: string })[] = []
  let next = 0
  for await (const { bytes } of staged.read(named.map(({ id }) => id))) {
    const { path, link, id } = named[next++]!
    const hits = bytes === null ? [] : await judgeBlob({ path, link, bytes })
    const news = hits.filter(({ finding }) => finding.rule === 'plaintext-dotenv')
    if (news.length > 0) suspects.push({ path, id, hits, news })
  }
  const contents = staged.read(suspects.map(({ id }) => id))
  const policy = await openStagedPolicy(staged)
  const { findings } = await subtractAllowed(suspects, contents, { policy, staged, now: clock.now() })
  return findings.map(({ file }) => file)
}

async function tryOne<Summary>(subject: Subject, world: ProtectWorld<Summary>): Promise<ProtectOutcome<Summary>> {
  try {
    return { kind: 'protected', ...(await protectOne(subject, world)) }
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    return { kind: 'failed', file: subject.file, error }
  }
}

async function protectOne<Summary>(subject: Subject, world: ProtectWorld<Summary>): Promise<Protection<Summary>> {
  const { file, top, change, entry } = subject
  const plaintext = await readPlaintext(subject, world)
  const diskDiffers = change !== undefined && (await world.index.differs(file))
  const output = `${file}.encrypted`
  const summary = await world.encryptTo(`${top}/${output}`, plaintext)
  await world.index.add(output)
  const ignored = await ignorePath(file, top, world)
  const inHistory = await isInHead(subject, world.staged)
  // Last, so that a failure before leaves the plaintext where it was, and the hook refuses it again.
  if (entry !== undefined) await world.index.remove(file)
  return { file, output, summary, source: change === undefined ? 'disk' : 'staged', diskDiffers, inHistory, ignored }
}

/** @throws SealwardError unsupported, not-found, exists, limit or not-representable */
async function readPlaintext<Summary>(subject: Subject, world: ProtectWorld<Summary>): Promise<Uint8Array> {
  const { file, top, change } = subject
  if (file.includes('\uFFFD'))
    throw new SealwardError('not-representable', 'the name is not UTF-8 text', { file, hint: 'rename the file' })
  if (dotenvKind(file) === 'envrc')
    throw new SealwardError('unsupported', 'is a shell script and not a .env', {
      file,
      hint: 'move its values to .env, protect that, and load it: eval "$(sealward decrypt --format shell)"',
    })
  const bytes =
    change === undefined
      ? await world.files.read(`${top}/${file}`, FILE_BYTES)
      : await readVersion(change.id, world.staged)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  if (isEncryptedFile(bytes)) throw new SealwardError('exists', 'is encrypted already', { file })
  return bytes
}

async function isInHead({ file, change, entry }: Subject, staged: Staged): Promise<boolean> {
  const id = change === undefined ? entry?.id : change.before
  const bytes = id === undefined || id === null ? null : await readVersion(id, staged)
  return bytes !== null && (await judgeBlob({ path: file, bytes })).length > 0
}

/** @throws SealwardError limit */
async function readVersion(id: string, staged: Staged): Promise<Uint8Array | null> {
  for await (const { bytes, size } of staged.read([id])) {
    if (bytes !== null && bytes.length < size) throw new SealwardError('limit', `larger than ${bytes.length} bytes`)
    return bytes
  }
  return null
}
