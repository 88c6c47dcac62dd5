import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseIndexFile } from '../../../src/adapters/git/index/index-file.ts'
import { parseTree } from '../../../src/adapters/git/index/tree-object.ts'
import { openBudget } from '../../../src/adapters/git/plain/bounds.ts'
import { applyDelta } from '../../../src/adapters/git/plain/delta.ts'
import { readLoose } from '../../../src/adapters/git/plain/loose.ts'
import { openPack } from '../../../src/adapters/git/plain/pack.ts'
import { parseIndex, parseRawDiff } from '../../../src/adapters/git/records.ts'
import { readRawLog } from '../../../src/adapters/git/sources/plumbing/raw-log.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import type { FuzzTarget } from '../target.ts'

/** A part that reads one kind of bytes; an input's first byte says which. */
type Part = (bytes: Buffer) => unknown

const ID_BYTES = 20
const LOOSE_ID = 'ab'.repeat(ID_BYTES)
const BASE = Buffer.from('a base of a delta\n'.repeat(50))

/** A small repository that git wrote: its index, a pack, loose objects, and what commands print about them. */
export function openGit(): FuzzTarget {
  const folder = makeRepository()
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, maxBuffer: 1 << 28 })
  const packs = join(folder, '.git/objects/pack')
  const stem = readdirSync(packs)
    .find((name) => name.endsWith('.idx'))!
    .slice(0, -'.idx'.length)
  const [goodPack, goodIndex] = ['.pack', '.idx'].map((ending) => readFileSync(join(packs, stem + ending))) as [
    Buffer,
    Buffer,
  ]
  const ids = git('rev-list', '--all', '--objects')
    .toString('latin1')
    .split('\n')
    .filter(Boolean)
    .map((line) => Buffer.from(line.slice(0, 40), 'hex'))
  const readPacked = (pack: Buffer, index: Buffer) => readAll({ folder, pack, index, ids })
  const parts: readonly (readonly [Part, readonly Uint8Array[]])[] = [
    [readIndex, [readFileSync(join(folder, '.git/index'))]],
    [(bytes) => parseTree(bytes, ID_BYTES), [git('cat-file', 'tree', 'HEAD^{tree}')]],
    [(bytes) => readPacked(bytes, goodIndex), [goodPack]],
    [(bytes) => readPacked(goodPack, bytes), [goodIndex]],
    [
      (bytes) => readLooseFile(folder, bytes),
      [readFileSync(looseFile(folder, git('rev-parse', ':new').toString().trim()))],
    ],
    [(bytes) => applyDelta(BASE, bytes, openBudget()), [deltaOf(BASE.length)]],
    [parseRawDiff, [git('diff', '--raw', '-z', '--no-renames', '--no-abbrev', 'HEAD~2', 'HEAD')]],
    [parseIndex, [git('ls-files', '--stage', '-z')]],
    [readLog, [git('log', '-c', '--raw', '-z', '--no-abbrev', '--format=%H')]],
  ]
  return {
    seeds: () => parts.flatMap(([, seeds], kind) => seeds.map((seed) => Buffer.concat([Buffer.from([kind]), seed]))),
    words: ['\0', 'tree ', '100644 ', '040000 ', 'blob 7\0', 'TREE', 'DIRC', 'PACK', ':100644 100644 ', '0'.repeat(40)],
    async run(input) {
      const [part] = parts[(input[0] ?? 0) % parts.length]!
      try {
        await part(Buffer.from(input.subarray(1)))
      } catch (error) {
        if (!isRefusal(error)) throw error
      }
    },
  }
}

/** What the callers of the parts take for "not as git writes it": our own words, zlib's, and a read past the end. */
function isRefusal(error: unknown): boolean {
  if (error instanceof SealwardError) return error.code !== 'internal'
  return (
    error instanceof Error && typeof (error as NodeJS.ErrnoException).code === 'string' && !(error instanceof TypeError)
  )
}

function readIndex(bytes: Buffer): void {
  const index = parseIndexFile(bytes)
  for (let entry = 0; entry < index.count; entry += 1) index.record(entry)
}

async function readLog(bytes: Buffer): Promise<void> {
  const chunks = [bytes.subarray(0, bytes.length / 3), bytes.subarray(bytes.length / 3)]
  for await (const commit of readRawLog(
    (async function* () {
      yield* chunks
    })(),
  ))
    if (commit.id === '') throw new Error('no id')
}

interface Packed {
  readonly folder: string
  readonly pack: Buffer
  readonly index: Buffer
  readonly ids: readonly Buffer[]
}

function readAll({ folder, pack, index, ids }: Packed): void {
  const stem = join(folder, 'fuzzed')
  writeFileSync(`${stem}.pack`, pack)
  writeFileSync(`${stem}.idx`, index)
  const opened = openPack(stem, openBudget())
  try {
    for (const id of ids) opened.read(id)
  } finally {
    opened.close()
  }
}

function readLooseFile(folder: string, bytes: Buffer): void {
  const file = looseFile(folder, LOOSE_ID)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  readLoose(join(folder, '.git/objects'), LOOSE_ID, openBudget())
}

function looseFile(folder: string, id: string): string {
  return join(folder, '.git/objects', id.slice(0, 2), id.slice(2))
}

/** Copies the beginning of the base, and adds a few bytes. */
function deltaOf(size: number): Buffer {
  return Buffer.from([(size & 0x7f) | 0x80, size >> 7, 20, 0x90, 16, 4, 1, 2, 3, 4])
}

function makeRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealward-fuzz-git-'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      stdio: 'pipe',
    })
  git('init', '--quiet')
  for (let version = 0; version < 6; version += 1) {
    mkdirSync(join(folder, 'd/e'), { recursive: true })
    for (const name of ['a', 'd/b', 'd/e/c'])
      writeFileSync(join(folder, name), `${'a line that stays\n'.repeat(30)}version ${version} of ${name}\n`)
    git('add', '.')
    git('commit', '--quiet', '-m', `version ${version}`)
  }
  git('repack', '-a', '-d', '--quiet')
  writeFileSync(join(folder, 'new'), 'new\n')
  git('add', 'new')
  return folder
}
