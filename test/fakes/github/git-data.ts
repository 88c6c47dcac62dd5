import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

interface FakeCommit {
  readonly parents: readonly string[]
  readonly files: ReadonlyMap<string, string>
}

type Body = Readonly<Record<string, unknown>>
type Answer = readonly [status: number, body: unknown]

const NOT_FOUND: Answer = [404, { message: 'Not Found' }]

export interface FakePull {
  readonly head: string
  readonly base: string
  readonly title: unknown
  readonly body: unknown
  state: 'open' | 'closed'
}

/** As much of GitHub's git database as a branch with one file needs: commits, branches that only go forward, and pull requests. */
export class FakeGitData {
  readonly branches = new Map<string, string>()
  readonly pulls: FakePull[] = []
  readonly #commits = new Map<string, FakeCommit>()
  readonly #trees = new Map<string, ReadonlyMap<string, string>>()
  /** What somebody else does just before the next branch is moved. */
  beforeMoving: (() => void) | null = null
  /** Files larger than this come without their content. */
  most = 1024 * 1024
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => void this.#server.listen(0, '127.0.0.1', resolve))
    this.push('main', {})
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }

  /** Commits files to a branch, as a person does. */
  push(branch: string, files: Readonly<Record<string, string>>): string {
    const tip = this.branches.get(branch)
    const before = tip === undefined ? new Map<string, string>() : this.filesAt(tip)
    return this.#move(
      branch,
      this.#commit(tip === undefined ? [] : [tip], new Map([...before, ...Object.entries(files)])),
    )
  }

  filesAt(commit: string): ReadonlyMap<string, string> {
    return this.#commits.get(commit)!.files
  }

  file(branch: string, path: string): string | undefined {
    return this.filesAt(this.branches.get(branch)!).get(path)
  }

  /** Everything that a commit has before it, and itself. */
  reach(commit: string): ReadonlySet<string> {
    const seen = new Set([commit])
    for (const one of seen) for (const parent of this.#commits.get(one)!.parents) seen.add(parent)
    return seen
  }

  #commit(parents: readonly string[], files: ReadonlyMap<string, string>): string {
    const sha = idOf(['commit', parents, [...files], this.#commits.size])
    this.#commits.set(sha, { parents, files })
    return sha
  }

  #move(branch: string, sha: string): string {
    this.branches.set(branch, sha)
    return sha
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const content = (await buffer(request)).toString('utf8')
    const url = new URL(request.url!, this.url)
    const path = decodeURIComponent(url.pathname).replace('/repos/acme/app', '')
    const body = (content === '' ? {} : JSON.parse(content)) as Body
    const [status, sent] = this.#answer(request.method!, path, { body, query: url.searchParams })
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(sent))
  }

  #answer(
    method: string,
    path: string,
    { body, query }: { readonly body: Body; readonly query: URLSearchParams },
  ): Answer {
    const [, rest = ''] = /^\/(?:git\/(?:refs?|commits|trees|blobs)|contents|compare)\/(.*)$/.exec(path) ?? []
    if (path === '') return [200, { default_branch: 'main' }]
    if (path === '/pulls') return method === 'GET' ? [200, this.#openPulls(query)] : this.#createPull(body)
    if (path.startsWith('/labels/')) return NOT_FOUND
    if (path.startsWith('/contents/')) return this.#contents(rest, query.get('ref')!)
    if (path.startsWith('/git/blobs/')) return [200, { encoding: 'base64', content: this.#blob(rest) }]
    if (path.startsWith('/compare/')) return this.#compare(rest)
    if (method === 'GET' && path.startsWith('/git/commits/')) return [200, { tree: { sha: this.#treeOf(rest) } }]
    if (method === 'GET' && path.startsWith('/git/ref/')) return this.#refAt(rest.replace('heads/', ''))
    if (path === '/git/trees') return [201, { sha: this.#tree(body) }]
    if (path === '/git/commits')
      return [201, { sha: this.#commit(body.parents as string[], this.#trees.get(body.tree as string)!) }]
    if (method === 'POST') return this.#create(String(body.ref).replace('refs/heads/', ''), body)
    return this.#update(rest.replace('heads/', ''), body)
  }

  #refAt(branch: string): Answer {
    const sha = this.branches.get(branch)
    return sha === undefined ? NOT_FOUND : [200, { object: { sha } }]
  }

  #contents(path: string, commit: string): Answer {
    const text = this.filesAt(commit).get(path)
    if (text === undefined) return NOT_FOUND
    const sha = idOf(['blob', text])
    const content = Buffer.from(text).toString('base64')
    return [
      200,
      text.length > this.most ? { sha, encoding: 'none', content: '' } : { sha, encoding: 'base64', content },
    ]
  }

  #blob(sha: string): string {
    const all = [...this.#commits.values()].flatMap(({ files }) => [...files.values()])
    return Buffer.from(all.find((text) => idOf(['blob', text]) === sha)!).toString('base64')
  }

  #compare(range: string): Answer {
    const [base = '', head = ''] = range.split('...')
    const [ofBase, ofHead] = [this.reach(base), this.reach(head)]
    return [200, { behind_by: [...ofBase].filter((one) => !ofHead.has(one)).length }]
  }

  #treeOf(commit: string): string {
    const sha = idOf(['tree', [...this.filesAt(commit)]])
    this.#trees.set(sha, this.filesAt(commit))
    return sha
  }

  #tree({ base_tree: base, tree }: Body): string {
    const entries = (tree as { readonly path: string; readonly content: string }[]).map(
      ({ path, content }) => [path, content] as const,
    )
    const files = new Map([...this.#trees.get(String(base))!, ...entries])
    const sha = idOf(['tree', [...files]])
    this.#trees.set(sha, files)
    return sha
  }

  #create(branch: string, { sha }: Body): Answer {
    this.#interfere()
    if (this.branches.has(branch)) return [422, { message: 'Reference already exists' }]
    return [201, { object: { sha: this.#move(branch, String(sha)) } }]
  }

  #update(branch: string, { sha }: Body): Answer {
    this.#interfere()
    const isForward = this.reach(String(sha)).has(this.branches.get(branch)!)
    if (!isForward) return [422, { message: 'Update is not a fast forward' }]
    return [200, { object: { sha: this.#move(branch, String(sha)) } }]
  }

  #interfere(): void {
    const act = this.beforeMoving
    this.beforeMoving = null
    act?.()
  }

  #openPulls(query: URLSearchParams): unknown[] {
    const open = this.pulls.filter(({ head, state }) => state === 'open' && `acme:${head}` === query.get('head'))
    return open.map((pull) => this.#shown(pull))
  }

  #createPull({ head, base, title, body }: Body): Answer {
    const pull: FakePull = { head: String(head), base: String(base), title, body, state: 'open' }
    this.pulls.push(pull)
    return [201, this.#shown(pull)]
  }

  #shown(pull: FakePull) {
    const number = this.pulls.indexOf(pull) + 1
    return { ...pull, number, html_url: `https://github.com/acme/app/pull/${number}` }
  }
}

function idOf(parts: unknown): string {
  return createHash('sha1').update(JSON.stringify(parts)).digest('hex')
}
