import { SealwardError } from '../../../core/errors.ts'
import type { RotationBranch, RotationCommit } from '../../../tasks/world/git/rotation-branch.ts'
import type { Teller } from '../../../tasks/world.ts'
import { firstParents, MOST_COMMITS, sinceWhen } from './arrival.ts'
import { type Changes, makeCommit } from './make-commit.ts'
import { remake } from './remake.ts'
import { branchRef, type RotationRepository } from './repository.ts'
import { type BranchNames, lookAt, type Standing, standAt } from './standing.ts'
import { fileAt, readBlob, storeBlob, type TreeFile } from './tree.ts'
import { openWorkingTree, type WorkingTree } from './working-tree.ts'

export interface RotationBranchOptions {
  /** Of the credential: `[a-z0-9][a-z0-9-]{0,63}`. */
  readonly name: string
  /** Told when the branch that somebody has checked out falls behind its remote; null to say nothing. */
  readonly teller: Pick<Teller, 'note'> | null
}

export interface MergeableBranch extends RotationBranch {
  /**
   * Makes the commits that wait anew, where files of both sides are merged line by line: servers do not do that, and would show a conflict.
   *
   * @throws SealwardError git, permission; locked where somebody else pushed to it
   */
  makeMergeable(): Promise<void>
}

/**
 * Where the rotation of one credential is written down. Commits are made of git's plumbing against what the remote has: nothing in the working
 * tree and the index is read or changed. A push names what it replaces, so that nobody's commit is ever overwritten.
 *
 * With `pull-request` a branch of its own, `<prefix><name>`, has what is not merged yet. When the branch that counts moves, the commits are
 * made anew on top of it. Without a remote the branch itself is moved, and the working tree with it, where it is checked out.
 */
export function openRotationBranch(repository: RotationRepository, options: RotationBranchOptions): MergeableBranch {
  return new GitBranch(repository, options)
}

/** Most of what is waited for came lately. */
const FEW_COMMITS = 50

class GitBranch implements MergeableBranch {
  readonly #repository: RotationRepository
  readonly #options: RotationBranchOptions
  /** What was seen last: one run reads several files, and they are to be of one commit. */
  #standing: Promise<Standing> | null = null
  /** What this process pushed last: nobody has to be asked for it. */
  #pushed: Pick<Standing, 'base' | 'own'> | null = null
  #told = false

  constructor(repository: RotationRepository, options: RotationBranchOptions) {
    this.#repository = repository
    this.#options = options
  }

  async read(path: string): Promise<Uint8Array | null> {
    const file = await this.#fileNow(await this.#stand(), path)
    return file === null ? null : readBlob(this.#repository.git, file.id)
  }

  async readCounting(path: string): Promise<Uint8Array | null> {
    const { git } = this.#repository
    const file = await fileAt(git, (await this.#stand()).base, path)
    return file === null ? null : readBlob(git, file.id)
  }

  async commit({ message, files }: RotationCommit): Promise<void> {
    this.#forget()
    const at = await this.#stand()
    this.#forget()
    const changes = await this.#changesOf(files, at)
    const names = await this.#names()
    const tree = await this.#treeToBring(names)
    if (tree !== null) await tree.requireClean(files)
    const { git, author, refs } = this.#repository
    const parent = names.own === null ? at.base : await remake(this.#repository, at)
    const id = await makeCommit(git, { parent, changes, message: `${message}\n` }, author)
    const [ref, from] = names.own === null ? [names.base, at.base] : [names.own, at.own]
    if (!(await refs.move(ref, from, id))) throw outrun()
    this.#pushed = names.own === null ? { base: id, own: null } : { base: at.base, own: id }
    if (tree !== null) await tree.bring(files, changes)
    await this.#sayBehind(names)
  }

  async makeMergeable(): Promise<void> {
    const [at, { own }] = [await this.#stand(), await this.#names()]
    if (own === null || at.united.length === 0 || at.conflicts.length > 0) return
    this.#forget()
    if (!(await this.#repository.refs.move(own, at.own, await remake(this.#repository, at)))) throw outrun()
  }

  async arrivedAt(path: string): Promise<Date | null> {
    const at = await this.#stand()
    if (at.ahead.has(path)) return null
    const own = at.arrived.get(path)
    if (own !== undefined && own !== null) return sinceWhen(at.chain, path, own.id)?.at ?? null
    const { git } = this.#repository
    const file = await fileAt(git, at.base, path)
    const merged = at.own === null || at.fork !== at.own ? null : await fileAt(git, at.own, path)
    if (merged !== null && merged.id !== file?.id) {
      const chain = await firstParents(git, { tip: at.base, fork: at.own, paths: [path] })
      const found = sinceWhen(chain, path, merged.id)
      if (found !== null) return found.at
    }
    return file === null ? null : this.#since(at.base, path, file.id)
  }

  /** As far back as it takes; a shallow clone gets older commits for it. The newest date that is possible counts where there are none. */
  async #since(tip: string, path: string, id: string): Promise<Date | null> {
    const { git, refs } = this.#repository
    const { base } = await this.#names()
    for (let most = FEW_COMMITS; ; most = MOST_COMMITS) {
      const chain = await firstParents(git, { tip, fork: null, paths: [path], most })
      const found = sinceWhen(chain, path, id)
      if (found?.isLast !== true) return found?.at ?? null
      const isAll = chain.length < most || most === MOST_COMMITS
      if (isAll && !(await refs.deepen([base]))) return found.at
    }
  }

  #stand(): Promise<Standing> {
    const standing = this.#standing ?? this.#names().then((names) => this.#lookAt(names))
    this.#standing = standing
    standing.catch(() => {
      if (this.#standing === standing) this.#standing = null
    })
    return standing
  }

  #lookAt(names: BranchNames): Promise<Standing> {
    return this.#pushed === null ? lookAt(this.#repository, names) : standAt(this.#repository, this.#pushed, names)
  }

  #forget(): void {
    this.#standing = null
    this.#pushed = null
  }

  async #names(): Promise<BranchNames> {
    const { git, delivery } = this.#repository
    const base = await this.#repository.base()
    const own = delivery.mode === 'commit' ? null : await branchRef(git, `${delivery.prefix}${this.#options.name}`)
    if (own === base)
      throw new SealwardError('policy-invalid', 'the branch of a rotation cannot be the one that counts')
    return { base, own }
  }

  #fileNow({ ahead, base }: Standing, path: string): Promise<TreeFile | null> {
    const own = ahead.get(path)
    return own === undefined ? fileAt(this.#repository.git, base, path) : Promise.resolve(own)
  }

  /** @throws SealwardError locked where a file is not what it is believed to be */
  async #changesOf(files: RotationCommit['files'], at: Standing): Promise<Changes> {
    const { git } = this.#repository
    const changes = new Map<string, TreeFile | null>()
    for (const { path, before, after } of files) {
      const file = await this.#fileNow(at, path)
      const there = file === null ? null : await readBlob(git, file.id)
      if (!isSame(there, before)) throw outrun(path)
      changes.set(path, after === null ? null : { mode: file?.mode ?? '100644', id: await storeBlob(git, after) })
    }
    return changes
  }

  /** @returns null where nobody has a working tree that would be left behind, or it is git's business to bring it up to date */
  async #treeToBring({ base, own }: BranchNames): Promise<WorkingTree | null> {
    const { remote, git, top } = this.#repository
    return remote !== null || own !== null ? null : openWorkingTree(git, { top, branch: base })
  }

  async #sayBehind({ base, own }: BranchNames): Promise<void> {
    const { teller } = this.#options
    if (teller === null || own !== null || this.#told || this.#repository.remote === null) return
    const { stdout } = await this.#repository.git.attempt(['symbolic-ref', '--quiet', 'HEAD'])
    if (stdout.toString('utf8').trim() !== base) return
    this.#told = true
    teller.note('your branch is behind its remote now, which has the new commits: git pull')
  }
}

function isSame(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.compare(one, other) === 0
}

function outrun(file?: string): SealwardError {
  return new SealwardError('locked', 'somebody else pushed meanwhile', {
    ...(file !== undefined && { file }),
    hint: 'nothing was changed; what they pushed is looked at by the next try',
  })
}
