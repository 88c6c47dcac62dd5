import { SealwardError } from '../core/errors.ts'
import type { Finding } from '../core/finding.ts'
import { judgeBlob } from '../core/scan/judge.ts'
import type { Hit } from '../core/scan/rule.ts'

/** A file at one moment: where it was and the id of its content. */
export interface Version {
  readonly path: string
  readonly id: string
}

/** A path whose content a commit adds or replaces. `before` is the id of what HEAD has there. */
export interface Change extends Version {
  readonly before: string | null
}

/** `bytes` is null when git has no such object, and shorter than `size` when the rest was not read. */
export interface StoredBlob {
  readonly name: string
  readonly bytes: Uint8Array | null
  readonly size: number
}

/** The index, against HEAD. Links count with their target as content; submodules do not count. */
export interface Staged {
  changes(): Promise<{ readonly changed: readonly Change[]; readonly removed: readonly Version[] }>
  /** Everything in the index. */
  tracked(): Promise<readonly Version[]>
  /** Contents in the order of `names`, which are ids, or `:path` for what the index has at a path. */
  read(names: readonly string[]): AsyncIterable<StoredBlob>
}

export interface GuardRequest {
  /** Paths from the top of the repository, to look at as the index has them. Empty: whatever is staged. */
  readonly files: readonly string[]
  /** Where the person stands below the top: `sub/`, or ''. */
  readonly prefix: string
  readonly now: Date
}

export interface GuardOutcome {
  /** How many files were looked at. */
  readonly looked: number
  readonly findings: readonly Finding[]
  readonly allowed: readonly { readonly finding: Finding; readonly reason: string }[]
  /** Files too large to be read whole. */
  readonly cut: readonly { readonly path: string; readonly size: number }[]
}

const POLICY_FILE = 'sealward.yml'

/**
 * Judges what a commit would publish: the staged content, never the working tree. What HEAD already has at the same path, or in a
 * file that the commit removes, is not news. `hook.allow` counts as the commit has it.
 *
 * @throws SealwardError git, limit, not-found when none of `files` is in the index, or policy-invalid
 */
export async function guard(request: GuardRequest, world: { readonly staged: Staged }): Promise<GuardOutcome> {
  const { changed, removed } = await world.staged.changes()
  const changes = request.files.length === 0 ? changed : await select(request.files, changed, world.staged)
  const { suspects, cut } = await judgeAll(changes, request.prefix, world.staged)
  const news = await leaveOutKnown(suspects, removed, world.staged)
  return { looked: changes.length, cut, ...(await applyPolicy(news, request.now, world.staged)) }
}

/** The files that were asked for: what is staged of them, and the rest as they stand in the index. */
async function select(files: readonly string[], changed: readonly Change[], staged: Staged): Promise<Change[]> {
  const wanted = new Set(files)
  const staging = new Map(changed.map((change) => [change.path, change]))
  const tracked = (await staged.tracked()).filter(({ path }) => wanted.has(path))
  if (tracked.length === 0)
    throw new SealwardError('not-found', 'none of the files named is in the index, so nothing was looked at', {
      hint: 'stage them first: git add FILE',
    })
  return tracked.map((version) => staging.get(version.path) ?? { ...version, before: null })
}

/** A change with something to refuse in it. */
interface Suspect {
  readonly change: Change
  readonly hits: readonly Hit[]
}

async function judgeAll(
  changes: readonly Change[],
  prefix: string,
  staged: Staged,
): Promise<{ suspects: Suspect[]; cut: { path: string; size: number }[] }> {
  const suspects: Suspect[] = []
  const cut: { path: string; size: number }[] = []
  let next = 0
  for await (const { bytes, size } of staged.read(changes.map(({ id }) => id))) {
    const change = changes[next++]!
    if (bytes === null) throw new SealwardError('git', 'git does not have the staged content', { file: change.path })
    if (bytes.length < size) cut.push({ path: change.path, size })
    const hits = await judgeBlob({ path: change.path, bytes, prefix })
    if (hits.length > 0) suspects.push({ change, hits })
  }
  if (next < changes.length) throw new SealwardError('git', 'git did not show every staged file')
  return { suspects, cut }
}

/** What was published before stays out of the way: a secret that a commit moves, or stands beside an edit. */
async function leaveOutKnown(
  suspects: readonly Suspect[],
  removed: readonly Version[],
  staged: Staged,
): Promise<Hit[]> {
  if (suspects.length === 0) return []
  const gone = await fingerprints(removed, staged)
  const news: Hit[] = []
  for (const { change, hits } of suspects) {
    const known = change.before === null ? [] : await fingerprints([{ path: change.path, id: change.before }], staged)
    const old = new Set([...gone, ...known])
    news.push(...hits.filter(({ fingerprint }) => !old.has(fingerprint)))
  }
  return news
}

async function fingerprints(versions: readonly Version[], staged: Staged): Promise<string[]> {
  const found: string[] = []
  let next = 0
  for await (const { bytes } of staged.read(versions.map(({ id }) => id))) {
    const { path } = versions[next++]!
    if (bytes !== null) for (const hit of await judgeBlob({ path, bytes })) found.push(hit.fingerprint)
  }
  return found
}

/** The policy is read when there is something to allow: a clean commit does not pay for the YAML parser. */
async function applyPolicy(
  news: readonly Hit[],
  now: Date,
  staged: Staged,
): Promise<Pick<GuardOutcome, 'findings' | 'allowed'>> {
  const findings = news.map(({ finding }) => finding)
  const source = findings.length === 0 ? null : await readPolicy(staged)
  if (source === null) return { findings, allowed: [] }
  const { parsePolicy } = await import('../core/policy/policy.ts')
  const { isAllowed } = await import('../core/policy/match.ts')
  const policy = parsePolicy(source, POLICY_FILE)
  const verdicts = findings.map((finding) => ({
    finding,
    allowance: isAllowed(policy, { path: finding.file, rule: finding.rule, now }),
  }))
  return {
    findings: verdicts.filter(({ allowance }) => allowance === null).map(({ finding }) => finding),
    allowed: verdicts.flatMap(({ finding, allowance }) =>
      allowance === null ? [] : [{ finding, reason: allowance.reason }],
    ),
  }
}

async function readPolicy(staged: Staged): Promise<Uint8Array | null> {
  for await (const { bytes } of staged.read([`:${POLICY_FILE}`])) return bytes
  return null
}
