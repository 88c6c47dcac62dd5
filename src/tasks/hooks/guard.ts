import { SealwardError } from '../../core/errors.ts'
import type { HookVerdict } from '../../core/report/verdict.ts'
import { judgeBlob, onePerLine } from '../../core/scan/judge.ts'
import type { Hit, ScanRule } from '../../core/scan/rule.ts'
import { type Suspect, subtractAllowed } from '../steps/guard/allow.ts'
import { openStagedPolicy } from '../steps/guard/staged-policy.ts'
import type { Change, Staged, Version } from '../world/git/repository.ts'

export interface GuardRequest {
  /** Paths from the top of the repository, to look at as the index has them. Empty: whatever is staged. */
  readonly files: readonly string[]
  /** Where the person stands below the top: `sub/`, or ''. */
  readonly prefix: string
  readonly now: Date
}

/**
 * Judges what a commit would publish: the staged content, never the working tree. What HEAD already has at the same path, or in a
 * file that the commit removes, is not news.
 *
 * @throws SealwardError git, limit, not-found when none of `files` is in the index, or policy-invalid
 */
export async function guard(request: GuardRequest, world: { readonly staged: Staged }): Promise<HookVerdict> {
  const { changed, removed } = await world.staged.changes()
  const changes = request.files.length === 0 ? changed : await select(request.files, changed, world.staged)
  const policy = await openStagedPolicy(world.staged)
  const judging = { staged: world.staged, rules: await policy.rules(), prefix: request.prefix }
  const { suspects, cut } = await judgeAll(changes, judging)
  const news = await leaveOutKnown(suspects, removed, judging)
  const contents = world.staged.read(news.map(({ id }) => id))
  const verdict = await subtractAllowed(news, contents, { policy, staged: world.staged, now: request.now })
  return { looked: changes.length, cut, ...verdict }
}

/** What files are read from and judged by. */
interface Judging {
  readonly staged: Staged
  readonly rules: readonly ScanRule[]
  readonly prefix: string
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

/** A change with something in it to refuse. */
interface SuspectChange {
  readonly change: Change
  readonly hits: readonly Hit[]
}

interface Judged {
  readonly suspects: readonly SuspectChange[]
  readonly cut: HookVerdict['cut']
}

async function judgeAll(changes: readonly Change[], { staged, rules, prefix }: Judging): Promise<Judged> {
  const suspects: SuspectChange[] = []
  const cut: { path: string; size: number }[] = []
  let next = 0
  for await (const { bytes, size } of staged.read(changes.map(({ id }) => id))) {
    const change = changes[next++]!
    if (bytes === null) throw new SealwardError('git', 'git does not have the staged content', { file: change.path })
    if (bytes.length < size) cut.push({ path: change.path, size })
    const hits = await judgeBlob({ path: change.path, link: change.link, bytes, prefix, staged: true }, rules)
    if (hits.length > 0) suspects.push({ change, hits })
  }
  if (next < changes.length) throw new SealwardError('git', 'git did not show every staged file')
  return { suspects, cut }
}

/** A secret that the commit only moves, or that stands beside an edit, has been published before. */
async function leaveOutKnown(
  suspects: readonly SuspectChange[],
  removed: readonly Version[],
  judging: Judging,
): Promise<(Suspect & { readonly id: string })[]> {
  if (suspects.length === 0) return []
  const before = suspects.flatMap(({ change: { path, link, before: id } }) => (id === null ? [] : [{ path, id, link }]))
  const known = await fingerprints(before, judging)
  const gone = new Set([...(await fingerprints(removed, judging)).values()].flat())
  const isKnown = ({ fingerprint }: Hit, path: string) =>
    gone.has(fingerprint) || known.get(path)?.includes(fingerprint)
  return suspects
    .map(({ change: { path, id }, hits }) => ({
      ...{ path, id, hits },
      news: onePerLine(hits.filter((hit) => !isKnown(hit, path))),
    }))
    .filter(({ news }) => news.length > 0)
}

/** What stood in each of these versions, by path. */
async function fingerprints(versions: readonly Version[], { staged, rules }: Judging): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  let next = 0
  for await (const { bytes } of staged.read(versions.map(({ id }) => id))) {
    const { path, link } = versions[next++]!
    const hits = bytes === null ? [] : await judgeBlob({ path, link, bytes }, rules)
    found.set(
      path,
      hits.map(({ fingerprint }) => fingerprint),
    )
  }
  return found
}
