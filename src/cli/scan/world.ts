import { createHash, randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { openArchives } from '../../adapters/archives/archives.ts'
import { openFiles } from '../../adapters/files/files.ts'
import { openFinder } from '../../adapters/files/find.ts'
import { openConfigs } from '../../adapters/files/nearest.ts'
import { openFolder, openNamed } from '../../adapters/files/sources/folder.ts'
import { findTop, insideOf, isBare, kindOf } from '../../adapters/files/sources/paths.ts'
import { openFileReader } from '../../adapters/files/sources/reader.ts'
import { readPieces } from '../../adapters/files/sources/standard-input.ts'
import { openDangling, openStashes } from '../../adapters/git/sources/aside.ts'
import { openHistory } from '../../adapters/git/sources/history.ts'
import { followLfs } from '../../adapters/git/sources/lfs.ts'
import { readFacts } from '../../adapters/git/sources/plumbing/facts.ts'
import { openObjectReader } from '../../adapters/git/sources/plumbing/objects.ts'
import { openAllMessages, openPush, openRange } from '../../adapters/git/sources/published.ts'
import { openStagedSource } from '../../adapters/git/sources/staged.ts'
import { openTree } from '../../adapters/git/sources/tree.ts'
import { openPool } from '../../adapters/workers/pool.ts'
import { SealwardError } from '../../core/errors.ts'
import type { OwnRuleTexts } from '../../core/scan/custom/rules-for.ts'
import { ARCHIVE_BYTES, TEXT_BYTES } from '../../core/scan/limits.ts'
import type { OwnSecrets } from '../../core/scan/own/rules-of-own.ts'
import type { ScanRule } from '../../core/scan/rule.ts'
import type { ScanWorld } from '../../tasks/scan/scan.ts'
import { fewOrMany } from '../../tasks/steps/scan/few-or-many.ts'
import { joinReaders } from '../../tasks/steps/scan/joined-reader.ts'
import { openingArchives } from '../../tasks/steps/scan/opened-reader.ts'
import type { Lookers } from '../../tasks/world/scan/look.ts'
import type { PlaceReader, ScanItem, ScanPlace, ScanSource, ScanStep } from '../../tasks/world/scan/source.ts'
import type { Configs, Files, Finder, Teller } from '../../tasks/world.ts'

/** Everything that `sealward scan` touches. */
export interface ScannerWorld extends Omit<ScanWorld, 'lookers'> {
  /** Who looks at places by these rules, which `own` and `secrets` are part of: threads make them for themselves. */
  lookersFor(rules: readonly ScanRule[], own: OwnRuleTexts | null, secrets: OwnSecrets | null): Lookers
  /** What findings are relative to: the top of the repository, or the folder that was named. */
  readonly root: string
  readonly configs: Configs
  /** Looks below the root. */
  readonly finder: Finder
  readonly sources: Sources
  /** Stands for this version of the rules that are built in. */
  programDigest(): string
  /** A path of a finding, as it is typed where the person stands. */
  shown(file: string): string
  close(): void
}

export interface Sources {
  /** Files and folders as they are on disk. */
  paths(paths: readonly string[], options: { readonly submodules: boolean }): Promise<ScanSource[]>
  /** Whether git would answer here. */
  readonly inRepository: boolean
  readonly staged: () => ScanSource
  readonly history: () => ScanSource
  readonly messages: () => ScanSource
  readonly stashes: () => ScanSource
  readonly dangling: () => ScanSource
  readonly range: typeof openRange
  readonly push: typeof openPush
  readonly input: (name: string) => AsyncIterable<ScanItem>
}

export interface ScannerOptions {
  /** Null for as many as there are processors. */
  readonly threads: number | null
  /** Whether archives are opened. */
  readonly archives: boolean
  readonly teller: Teller
}

const MOST_THREADS = 8

/** @param paths the first of them says where the root is; none is the working folder */
export async function openScanner(
  paths: readonly string[],
  { threads, archives, teller }: ScannerOptions,
): Promise<ScannerWorld> {
  const { root, common } = await findRoot(paths[0] ?? '.')
  const files = makingFolders(openFiles())
  const reader = openReader({ root, common, archives })
  const pool = (own: OwnRuleTexts | null, secrets: OwnSecrets | null) =>
    openPool({
      program: join(import.meta.dirname, 'worker.js'),
      threads: threads ?? Math.min(MOST_THREADS, availableParallelism()),
      data: { root, common, own, secrets, archives },
    })
  return {
    root,
    files,
    reader,
    teller,
    lookersFor: (rules, own, secrets) => fewOrMany({ reader, rules }, threads === 0 ? null : pool(own, secrets)),
    finder: openFinder(root),
    configs: openConfigs(root, files, root),
    clock: { now: () => new Date() },
    randomBytes,
    sources: openSources(root),
    shown: (file) => relative(process.cwd(), join(root, file)).split(sep).join('/') || file,
    programDigest,
    close: () => reader.close(),
  }
}

interface Readable {
  readonly root: string
  readonly common: string | null
  readonly archives: boolean
}

/** The same as each thread has. */
function openReader({ root, common, archives }: Readable): PlaceReader {
  const upTo = (maxBytes: number) => {
    const joined = joinReaders(openFileReader(root, maxBytes), openObjectReader(maxBytes))
    return common === null ? joined : followLfs(joined, common, maxBytes)
  }
  const reader = upTo(TEXT_BYTES)
  return archives ? openingArchives(reader, { archives: openArchives(), whole: upTo(ARCHIVE_BYTES) }) : reader
}

/** Of all that looks: with other bytes in the program, something else may be found. */
function programDigest(): string {
  const libraries = join(import.meta.dirname, 'lib')
  const files = [
    join(import.meta.dirname, 'worker.js'),
    ...readdirSync(libraries)
      .sort()
      .map((name) => join(libraries, name)),
  ]
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** A baseline may be the first file of its folder. */
function makingFolders(files: Files): Files {
  return {
    ...files,
    async locked(path, work) {
      mkdirSync(dirname(path), { recursive: true })
      return files.locked(path, work)
    },
  }
}

async function findRoot(named: string): Promise<{ root: string; common: string | null }> {
  const path = resolve(named)
  const status = lstatSync(path, { throwIfNoEntry: false })
  if (status === undefined) throw new SealwardError('not-found', 'no such file or folder', { file: named })
  const folder = status.isDirectory() ? path : dirname(path)
  const root = findTop(folder)
  if (root === null) return { root: folder, common: null }
  return { root, common: root === findTop(process.cwd()) ? await commonFolder() : null }
}

/** A folder with a `.git` that git does not take for a repository is a folder like others. */
async function commonFolder(): Promise<string | null> {
  return readFacts().then(
    ({ common }) => common,
    () => null,
  )
}

function openSources(root: string): Sources {
  return {
    async paths(paths, options) {
      const sources: ScanSource[] = []
      const [files, links]: [string[], string[]] = [[], []]
      for (const path of paths.length === 0 ? [root] : paths) {
        const inside = insideOf(root, path)
        const kind = kindOf(path)
        if (kind === 'folder') sources.push(await folderSource(resolve(path), inside, options))
        else if (kind === 'link to a folder') links.push(inside)
        else files.push(inside)
      }
      if (files.length > 0) sources.push(openNamed(files))
      if (links.length > 0) sources.push(unreadSource(links))
      return sources
    },
    inRepository: process.env.GIT_DIR !== undefined || findTop(process.cwd()) !== null,
    staged: openStagedSource,
    history: openHistory,
    messages: openAllMessages,
    stashes: openStashes,
    dangling: openDangling,
    range: openRange,
    push: openPush,
    input: (name) => readPieces(process.stdin as AsyncIterable<Uint8Array>, name),
  }
}

const LINKED = 'a link to a folder: name the folder that it leads to'

function unreadSource(links: readonly string[]): ScanSource {
  return {
    what: 'files',
    async *steps() {
      for (const path of links) yield { kind: 'unread', path, why: LINKED }
    },
  }
}

/** A folder that git ignores and that somebody names all the same is looked at like one without a repository. */
async function folderSource(
  folder: string,
  inside: string,
  options: { readonly submodules: boolean },
): Promise<ScanSource> {
  if (isBare(folder))
    throw new SealwardError('usage', 'a bare repository has no files to look at', {
      file: folder,
      hint: 'from inside of it: sealward scan --history',
    })
  const tree = await openTree(folder, options)
  const source = tree === null || (inside !== '' && (await isEmpty(tree))) ? openFolder(folder) : tree
  return inside === '' ? source : { what: source.what, steps: () => below(`${inside}/`, source.steps()) }
}

async function isEmpty(source: ScanSource): Promise<boolean> {
  for await (const _ of source.steps()) return false
  return true
}

async function* below(prefix: string, steps: AsyncIterable<ScanStep>): AsyncGenerator<ScanStep> {
  for await (const step of steps) {
    if (step.kind === 'mark') yield step
    else if (step.kind === 'unread') yield { ...step, path: step.path === '.' ? prefix : `${prefix}${step.path}` }
    else yield moved(prefix, step)
  }
}

function moved(prefix: string, place: ScanPlace): ScanPlace {
  const raw = place.rawPath === undefined ? {} : { rawPath: Buffer.concat([Buffer.from(prefix), place.rawPath]) }
  return { ...place, path: `${prefix}${place.path}`, ...raw }
}
