import { randomBytes } from 'node:crypto'
import { existsSync, lstatSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { openFiles } from '../../adapters/files/files.ts'
import { openConfigs } from '../../adapters/files/nearest.ts'
import { openFolder, openNamed } from '../../adapters/files/sources/folder.ts'
import { openFileReader } from '../../adapters/files/sources/reader.ts'
import { readPieces } from '../../adapters/files/sources/standard-input.ts'
import { openDangling, openStashes } from '../../adapters/git/sources/aside.ts'
import { openHistory } from '../../adapters/git/sources/history.ts'
import { readFacts } from '../../adapters/git/sources/plumbing/facts.ts'
import { openObjectReader } from '../../adapters/git/sources/plumbing/objects.ts'
import { openAllMessages, openPush, openRange } from '../../adapters/git/sources/published.ts'
import { openStagedSource } from '../../adapters/git/sources/staged.ts'
import { openTree } from '../../adapters/git/sources/tree.ts'
import { openPool } from '../../adapters/workers/pool.ts'
import { SealwardError } from '../../core/errors.ts'
import { RULES } from '../../core/scan/rules.ts'
import type { ScanWorld } from '../../tasks/scan.ts'
import { lookAt } from '../../tasks/steps/look.ts'
import type { Configs, Teller } from '../../tasks/world.ts'
import type { Lookers } from '../../tasks/world-look.ts'
import type { PlaceReader, ScanItem, ScanPlace, ScanSource, ScanStep } from '../../tasks/world-scan.ts'

/** Everything that `sealward scan` touches. */
export interface ScannerWorld extends ScanWorld {
  /** What findings are relative to: the top of the repository, or the folder that was named. */
  readonly root: string
  readonly configs: Configs
  readonly sources: Sources
  /** A path of a finding, as it is typed where the person stands. */
  shown(file: string): string
  close(): void
}

export interface Sources {
  /** Files and folders as they are on disk. */
  paths(paths: readonly string[], options: { readonly submodules: boolean }): Promise<ScanSource[]>
  readonly staged: () => ScanSource
  readonly history: () => ScanSource
  readonly messages: () => ScanSource
  readonly stashes: () => ScanSource
  readonly dangling: () => ScanSource
  readonly range: typeof openRange
  readonly push: typeof openPush
  readonly input: (name: string) => AsyncIterable<ScanItem>
}

/** A second thread costs as much as reading this many files. */
const FEW = 400
const MOST_THREADS = 8

/** @param paths the first of them says where the root is; none is the working folder */
export async function openScanner(
  paths: readonly string[],
  { threads, teller }: { readonly threads: number | null; readonly teller: Teller },
): Promise<ScannerWorld> {
  const { root, common } = await findRoot(resolve(paths[0] ?? '.'))
  const files = openFiles()
  const reader = openPlaceReader(root, common)
  const pool = openPool({
    program: join(import.meta.dirname, 'worker.js'),
    threads: threads ?? Math.min(MOST_THREADS, availableParallelism()),
    data: { root, common },
  })
  return {
    root,
    files,
    reader,
    teller,
    lookers: fewOrMany(reader, pool, threads),
    configs: openConfigs(root, files),
    clock: { now: () => new Date() },
    randomBytes,
    sources: openSources(root),
    shown: (file) => relative(process.cwd(), join(root, file)).split(sep).join('/') || file,
    close: () => reader.close(),
  }
}

async function findRoot(path: string): Promise<{ root: string; common: string | null }> {
  if (!existsSync(path)) throw new SealwardError('not-found', 'no such file or folder', { file: path })
  const folder = lstatSync(path).isDirectory() ? path : dirname(path)
  for (let top = folder; ; top = dirname(top)) {
    if (existsSync(join(top, '.git')))
      return { root: top, common: top === findTop(process.cwd()) ? await commonFolder() : null }
    if (dirname(top) === top) return { root: folder, common: null }
  }
}

function findTop(folder: string): string | null {
  for (let top = folder; ; top = dirname(top)) {
    if (existsSync(join(top, '.git'))) return top
    if (dirname(top) === top) return null
  }
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
      const files: string[] = []
      for (const path of paths.length === 0 ? ['.'] : paths) {
        const inside = relative(root, resolve(path)).split(sep).join('/')
        if (inside.split('/')[0] === '..')
          throw new SealwardError('usage', 'is not below the first path: scan it by itself', { file: path })
        if (!existsSync(resolve(path))) throw new SealwardError('not-found', 'no such file or folder', { file: path })
        if (lstatSync(resolve(path)).isDirectory()) sources.push(await folderSource(resolve(path), inside, options))
        else files.push(inside)
      }
      return files.length === 0 ? sources : [...sources, openNamed(files)]
    },
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

/** A folder that git ignores and that somebody names all the same is looked at like one without a repository. */
async function folderSource(
  folder: string,
  inside: string,
  options: { readonly submodules: boolean },
): Promise<ScanSource> {
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

/** Reads what has an id from git, and the rest from disk. */
function openPlaceReader(root: string, _common: string | null): PlaceReader {
  const disk = openFileReader(root)
  const objects = openObjectReader()
  return {
    async *read(places) {
      for await (const place of places) yield* (place.id === undefined ? disk : objects).read([place])
    },
    close() {
      disk.close()
      objects.close()
    },
  }
}

/** Few places are looked at here; threads are started for more. */
function fewOrMany(reader: PlaceReader, pool: Lookers, threads: number | null): Lookers {
  return {
    async *look(steps) {
      const first: ScanStep[] = []
      const rest = steps[Symbol.asyncIterator]()
      while (first.length < FEW && threads !== 0) {
        const { done, value } = await rest.next()
        if (done) break
        first.push(value)
      }
      if (threads === 0 || first.length < FEW) yield* hereAndNow(chained(first, rest), reader)
      else yield* pool.look(chained(first, rest))
    },
  }
}

async function* hereAndNow(steps: AsyncIterable<ScanStep>, reader: PlaceReader) {
  for await (const step of steps) {
    if (step.kind === 'unread') yield step
    else if (step.kind === 'place') yield* lookAt([step], { reader, rules: RULES })
  }
}

async function* chained<T>(first: readonly T[], rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield* first
  for (;;) {
    const { done, value } = await rest.next()
    if (done) return
    yield value
  }
}
