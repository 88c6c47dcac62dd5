import { LEDGER_FILE } from '../../../core/ledger/ledger-file.ts'
import type { BranchedLedger, LedgerBranch } from '../../../tasks/world/ledger.ts'
import type { Client } from '../client/client.ts'
import { countOf, fieldsOf, textOf } from '../client/fields.ts'
import { type RepositoryName, repositoryOf } from '../client/repository-name.ts'
import { openPullRequest } from '../pulls.ts'

/** Beside the ledger, where it is new: git merges it by keeping the lines of both sides. */
export interface LedgerBranchOptions {
  readonly branch: string
  readonly attributes: { readonly path: string; readonly text: string }
  /** Of the commit and of the pull request, one line. */
  readonly title: string
  readonly body: string
}

const needs = 'contents: write'
const REPOSITORY = '/repos/{owner}/{repo}'
/** Somebody else was quicker, or the branch is gone. */
const MOVED = 422

/**
 * The branch of `owner/name` that a pull request with a ledger is for. It is never forced: a commit on it has what was there before as a
 * parent, and what the default branch has, so that the pull request can always be merged.
 */
export function openLedgerBranch(client: Client, repository: string, options: LedgerBranchOptions): LedgerBranch {
  return new GitHubBranch(client, repositoryOf(repository), options)
}

class GitHubBranch implements LedgerBranch {
  readonly #client: Client
  readonly #at: RepositoryName
  readonly #options: LedgerBranchOptions
  #base: string | null = null

  constructor(client: Client, at: RepositoryName, options: LedgerBranchOptions) {
    this.#client = client
    this.#at = at
    this.#options = options
  }

  async read(): Promise<BranchedLedger> {
    const base = await this.#tip(await this.#defaultBranch())
    const own = await this.#tip(this.#options.branch)
    const ledgers = [await this.#ledgerAt(base!), own === null ? null : await this.#ledgerAt(own)]
    return { tips: { base: base!, own }, ledgers: ledgers.filter((one) => one !== null) }
  }

  async write(ledger: Uint8Array, { tips, ledgers }: BranchedLedger): Promise<string | null> {
    const { base, own } = tips
    const isBehind = own !== null && (await this.#isBehind(base, own))
    const tree = await this.#tree(own === null || isBehind ? base : own, { ledger, isNew: ledgers.length === 0 })
    const parents = own === null ? [base] : isBehind ? [own, base] : [own]
    const commit = await this.#make('POST', '/git/commits', { message: this.#options.title, tree, parents })
    const sha = textOf(commit, 'sha')
    const ref = `heads/${this.#options.branch}`
    const { status } =
      own === null
        ? await this.#ask('POST', '/git/refs', { ref: `refs/${ref}`, sha }, [MOVED])
        : await this.#ask('PATCH', '/git/refs/{ref}', { ref, sha, force: false }, [MOVED])
    return status === MOVED ? null : this.#pullRequest()
  }

  async #defaultBranch(): Promise<string> {
    this.#base ??= textOf(fieldsOf((await this.#ask('GET', '')).data), 'default_branch')
    return this.#base
  }

  /** @returns the commit; null where there is no such branch */
  async #tip(branch: string): Promise<string | null> {
    const { status, data } = await this.#ask('GET', '/git/ref/{ref}', { ref: `heads/${branch}` }, [404])
    return status === 404 ? null : textOf(fieldsOf(fieldsOf(data).object), 'sha')
  }

  /** A file of more than 1 MiB comes without its content, which is a blob then. */
  async #ledgerAt(commit: string): Promise<Uint8Array | null> {
    const asked = { path: LEDGER_FILE, ref: commit }
    const { status, data } = await this.#ask('GET', '/contents/{path}', asked, [404])
    if (status === 404) return null
    const file = fieldsOf(data)
    const held =
      file.encoding === 'base64' ? file : await this.#make('GET', '/git/blobs/{file_sha}', { file_sha: file.sha })
    return Buffer.from(textOf(held, 'content'), 'base64')
  }

  async #isBehind(base: string, own: string): Promise<boolean> {
    const asked = { basehead: `${base}...${own}`, per_page: 1 }
    return countOf(await this.#make('GET', '/compare/{basehead}', asked), 'behind_by') > 0
  }

  async #tree(
    commit: string,
    { ledger, isNew }: { readonly ledger: Uint8Array; readonly isNew: boolean },
  ): Promise<string> {
    const { tree } = await this.#make('GET', '/git/commits/{commit_sha}', { commit_sha: commit })
    const { path, text } = this.#options.attributes
    const files = [[LEDGER_FILE, Buffer.from(ledger).toString('utf8')], ...(isNew ? [[path, text]] : [])]
    const entries = files.map(([name, content]) => ({ path: name, mode: '100644', type: 'blob', content }))
    const asked = { base_tree: textOf(fieldsOf(tree), 'sha'), tree: entries }
    return textOf(await this.#make('POST', '/git/trees', asked), 'sha')
  }

  /** @returns its address; that of nothing to be merged is the branch */
  async #pullRequest(): Promise<string> {
    const { branch, title, body } = this.#options
    const merge = { head: branch, base: await this.#defaultBranch() }
    const { owner, repo } = this.#at
    return (await openPullRequest(this.#client, `${owner}/${repo}`, merge).ensure({ title, body })) ?? branch
  }

  async #make(method: string, route: string, parameters: Readonly<Record<string, unknown>>) {
    return fieldsOf((await this.#ask(method, route, parameters)).data)
  }

  #ask(method: string, route: string, parameters = {}, accept: readonly number[] = []) {
    return this.#client.ask({
      route: `${method} ${REPOSITORY}${route}`,
      parameters: { ...this.#at, ...parameters },
      ...{ needs, accept },
    })
  }
}
