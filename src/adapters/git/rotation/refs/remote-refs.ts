import { SealwardError } from '../../../../core/errors.ts'
import type { Git } from '../git.ts'
import type { Refs } from './refs.ts'
import { fetchFailed, isOutrun, pushRefused } from './refusal.ts'

const FETCH = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--refmap=']
const PUSH = ['push', '--porcelain', '--no-verify', '--no-progress', '--no-follow-tags', '--recurse-submodules=no']
/** More commits of a shallow clone at each try; the last one brings all of them. */
const STEPS = [100, 1000, 10_000, null]

/** Those of a remote, reached in the way that git is configured for: actions/checkout leaves a token there. */
export function openRemoteRefs(git: Git, remote: string): Refs {
  return new RemoteRefs(git, remote)
}

class RemoteRefs implements Refs {
  readonly #git: Git
  readonly #remote: string
  #deepened = 0

  constructor(git: Git, remote: string) {
    this.#git = git
    this.#remote = remote
  }

  async standardBranch(): Promise<string> {
    const lines = await this.#list(['--symref', this.#remote, 'HEAD'])
    const [, name] =
      lines.map((line) => /^ref: (refs\/heads\/\S+)\tHEAD$/.exec(line)).find((found) => found !== null) ?? []
    if (name !== undefined) return name
    if ((await this.#list([this.#remote])).every((line) => line === ''))
      throw new SealwardError('git', 'the remote has no commits yet', { hint: 'git push -u origin main' })
    throw new SealwardError('git', 'the remote does not say which branch is its default', {
      hint: 'name the branch that counts in sealward.yml: rotation: { delivery: { branch: main } }',
    })
  }

  async look(names: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const lines = await this.#list([this.#remote, ...names])
    const found = new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.slice(0, line.indexOf('\t'))]))
    return new Map(names.map((name) => [name, found.get(name) ?? null]))
  }

  async bring(found: ReadonlyMap<string, string | null>): Promise<void> {
    const missing: string[] = []
    for (const [name, id] of found) if (id !== null && !(await this.#has(id))) missing.push(name)
    if (missing.length > 0) await this.#fetch([...(await this.#depth(STEPS[0]!)), this.#remote, ...missing])
  }

  async deepen(names: readonly string[]): Promise<boolean> {
    const more = STEPS[this.#deepened]
    if (more === undefined || !(await this.#isShallow())) return false
    this.#deepened += 1
    await this.#fetch([...(more === null ? ['--unshallow'] : await this.#depth(more)), this.#remote, ...names])
    return true
  }

  /** Of two who push in the same moment the server lets one through, which is all that is asked of it. */
  async move(name: string, from: string | null, to: string | null): Promise<boolean> {
    const lease = `--force-with-lease=${name}:${from ?? ''}`
    const end = await this.#git.attempt([...PUSH, lease, this.#remote, `${to ?? ''}:${name}`])
    if (end.status === 0) return true
    // The line may have broken after the server was done.
    const now = (await this.look([name])).get(name) ?? null
    if (now === to) return true
    if (now !== from || isOutrun(end)) return false
    throw pushRefused(end, name)
  }

  /** Counted from the newest commit: more than any that is here, so that no clone gets shorter by it. */
  async #depth(more: number): Promise<readonly string[]> {
    if (!(await this.#isShallow())) return []
    const here = Number(await this.#git.line(['rev-list', '--count', '--all', 'HEAD']))
    return [`--depth=${here + more}`]
  }

  async #isShallow(): Promise<boolean> {
    return (await this.#git.line(['rev-parse', '--is-shallow-repository'])) === 'true'
  }

  async #has(id: string): Promise<boolean> {
    // A commit that a partial clone lacks would be fetched alone, without those before it.
    const { status } = await this.#git.attempt(['cat-file', '-e', `${id}^{commit}`], {
      env: { GIT_NO_LAZY_FETCH: '1' },
    })
    return status === 0
  }

  async #list(args: readonly string[]): Promise<string[]> {
    const end = await this.#git.attempt(['ls-remote', '--quiet', ...args])
    if (end.status !== 0) throw fetchFailed(end)
    return end.stdout.toString('utf8').split('\n').filter(Boolean)
  }

  async #fetch(args: readonly string[]): Promise<void> {
    const end = await this.#git.attempt([...FETCH, ...args])
    if (end.status !== 0) throw fetchFailed(end)
  }
}
