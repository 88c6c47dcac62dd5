import { randomBytes } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { OBJECT_BYTES } from '../../../../src/adapters/git/objects/stored-object.ts'
import { MAX_DELTAS, MAX_PACKS, openBudget } from '../../../../src/adapters/git/plain/bounds.ts'
import { openObjectStore } from '../../../../src/adapters/git/plain/store.ts'
import { idOf, type ObjectType } from '../../../../src/core/trust/git-object.ts'
import { type GitRepository, openRepositoryAt, runProgram, temporaryFolder } from '../../../support/git-repository.ts'
import { type MadeEntry, makeDelta, writePack } from './pack-maker.ts'

const onWindows = process.platform === 'win32'
const MIB = 1024 * 1024

const objectsOf = ({ path }: GitRepository) => join(path, '.git', 'objects')
const looseFile = (objects: string, id: string) => join(objects, id.slice(0, 2), id.slice(2))

/** Commits that change a little of much, so that git finds deltas, with a tag and a blob of no bytes. */
function history(format: 'sha1' | 'sha256' = 'sha1'): GitRepository {
  const repository = openRepositoryAt(temporaryFolder())
  repository.git('init', '--quiet', '--initial-branch=main', `--object-format=${format}`)
  const lines = Array.from({ length: 400 }, () => randomBytes(20).toString('hex'))
  repository.write('empty', '')
  for (let count = 0; count < 12; count += 1) {
    lines[count * 30] = `${count}`
    repository.write('text', lines.join('\n'))
    repository.write(`folder/${count % 5}/x`, `${count}`)
    repository.git('add', '--all')
    repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', `${count}`)
  }
  repository.git('tag', '--annotate', '--message', 'x', 'v1')
  return repository
}

/** Reads one object with a store and a budget of its own. */
function read(objects: string, id: string) {
  const store = openObjectStore(objects, openBudget())
  try {
    return store.read(id)
  } finally {
    store.close()
  }
}

function allIds(repository: GitRepository): string[] {
  const lines = repository.git('cat-file', '--batch-all-objects', '--batch-check').trim().split('\n')
  return lines.map((line) => line.split(' ')[0]!)
}

/** Every object is what its id says; that git has it under this id says the rest. */
function expectAll(repository: GitRepository): void {
  const store = openObjectStore(objectsOf(repository), openBudget(2 ** 40))
  const ids = allIds(repository)
  expect(ids.length).toBeGreaterThan(40)
  for (const id of ids) {
    const object = store.read(id)
    expect(object && idOf(object.type, object.content, id)).toBe(id)
  }
  store.close()
}

/** A folder `objects` that holds what is given, and nothing else. */
function emptyObjects(): string {
  const objects = temporaryFolder('objects')
  mkdirSync(join(objects, 'pack'))
  return objects
}

function writeLoose(objects: string, header: string, content: Uint8Array, id = 'ab'.repeat(20)): string {
  const path = looseFile(objects, id)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, deflateSync(Buffer.concat([Buffer.from(`${header}\0`), content])))
  return id
}

/** A blob, and one delta on the other, each of which copies it whole. @returns the id of the last */
function writeChain(objects: string, length: number, content = Buffer.from('content')): string {
  const ids = Array.from({ length: length + 1 }, () => randomBytes(20).toString('hex'))
  const copy = makeDelta(content.length, content.length, wholeIn(content.length, 0x10000))
  const entries = ids.map(
    (id, index): MadeEntry =>
      index === 0
        ? { id, code: 3, content }
        : index % 2 === 0
          ? { id, code: 6, content: copy, base: 1 }
          : { id, code: 7, content: copy, base: ids[index - 1]! },
  )
  writePack(objects, entries)
  return ids.at(-1)!
}

function wholeIn(length: number, part: number): (readonly [number, number])[] {
  return Array.from({ length: Math.ceil(length / part) }, (_, at) => [at * part, Math.min(part, length - at * part)])
}

describe('every object of a repository is found', () => {
  it.each(['sha1', 'sha256'] as const)('in files of their own and in packs, with %s', (format) => {
    const repository = history(format)
    expectAll(repository)
    repository.git('gc', '--quiet', '--aggressive')
    expect(existsSync(looseFile(objectsOf(repository), repository.git('rev-parse', 'HEAD').trim()))).toBe(false)
    expectAll(repository)
  })

  it('in chains of deltas, by distance and by id', () => {
    const repository = history()
    for (const byDistance of ['true', 'false']) {
      repository.git('-c', `repack.useDeltaBaseOffset=${byDistance}`, 'repack', '-adfq', '--depth=50', '--window=50')
      const [index] = readdirSync(join(objectsOf(repository), 'pack')).filter((name) => name.endsWith('.idx'))
      const said = repository.git('verify-pack', '-v', join(objectsOf(repository), 'pack', index!))
      expect(said).toMatch(/^chain length = [2-9]/m)
      expectAll(repository)
    }
  })

  it('in the longest chain that git makes', () => {
    const repository = history()
    const text = Array.from({ length: 200 }, () => randomBytes(20).toString('hex')).join('\n')
    const versions = Array.from({ length: 60 }, (_, count) => `${text}\n${count}`)
    const input = versions.map((version) => `blob\ndata ${version.length}\n${version}\n`).join('')
    repository.tryGit(['-c', 'fastimport.unpackLimit=1', 'fast-import', '--quiet', '--depth=50'], { input })
    const [index] = readdirSync(join(objectsOf(repository), 'pack')).filter((name) => name.endsWith('.idx'))
    const said = repository.git('verify-pack', '-v', join(objectsOf(repository), 'pack', index!))
    expect(said).toMatch(/^chain length = 50: /m)
    expectAll(repository)
  })

  it('in several packs', () => {
    const repository = history()
    repository.git('repack', '-dq')
    repository.write('more', 'x')
    repository.git('add', '--all')
    repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'more')
    repository.git('repack', '-dq')
    expect(readdirSync(join(objectsOf(repository), 'pack')).filter((name) => name.endsWith('.idx'))).toHaveLength(2)
    expectAll(repository)
  })

  it('as what it is', () => {
    const repository = history()
    const types = ['HEAD', 'HEAD^{tree}', 'HEAD:text', 'v1'].map((name) => {
      const id = repository.git('rev-parse', name).trim()
      return read(objectsOf(repository), id)?.type
    })
    expect(types).toEqual<ObjectType[]>(['commit', 'tree', 'blob', 'tag'])
  })
})

describe('an object is not found', () => {
  it('when it is not there, or is no id', () => {
    const objects = objectsOf(history())
    for (const id of ['ab'.repeat(20), 'ab'.repeat(32), '', 'HEAD', 'AB'.repeat(20), `../../${'a'.repeat(34)}`])
      expect(read(objects, id)).toBeNull()
    expect(read(join(objects, 'nothing'), 'ab'.repeat(20))).toBeNull()
  })

  it('when the repository borrows from another one', () => {
    const repository = history()
    const id = repository.git('rev-parse', 'HEAD').trim()
    expect(read(objectsOf(repository), id)).not.toBeNull()
    writeFileSync(join(objectsOf(repository), 'info', 'alternates'), '/somewhere\n')
    expect(read(objectsOf(repository), id)).toBeNull()
  })

  it('when there are more packs than a repository should have', () => {
    const objects = emptyObjects()
    const id = writeChain(objects, 1)
    for (let count = 1; count < MAX_PACKS; count += 1) writeChain(objects, 1)
    expect(read(objects, id)?.type).toBe('blob')
    writeChain(objects, 1)
    expect(read(objects, id)).toBeNull()
  })

  it.skipIf(onWindows)('behind a link, which may lead anywhere', () => {
    const repository = history()
    const id = repository.git('rev-parse', 'HEAD').trim()
    const path = looseFile(objectsOf(repository), id)
    renameSync(path, `${path}.real`)
    symlinkSync(`${path}.real`, path)
    expect(read(objectsOf(repository), id)).toBeNull()
    renameSync(`${path}.real`, path)
    repository.git('gc', '--quiet')
    expect(read(objectsOf(repository), id)).not.toBeNull()
    const packs = join(objectsOf(repository), 'pack')
    for (const name of readdirSync(packs).filter((file) => /\.(?:idx|pack)$/.test(file))) {
      renameSync(join(packs, name), join(packs, 'real'))
      symlinkSync('real', join(packs, name))
      expect(read(objectsOf(repository), id)).toBeNull()
      renameSync(join(packs, 'real'), join(packs, name))
    }
    expect(read(objectsOf(repository), id)).not.toBeNull()
  })

  it.skipIf(onWindows)('in a pipe, and nobody waits for who writes to it', () => {
    const objects = emptyObjects()
    const id = writeLoose(objects, 'blob 1', Buffer.from('x'))
    rmSync(looseFile(objects, id))
    runProgram('mkfifo', [looseFile(objects, id)])
    expect(read(objects, id)).toBeNull()
  })

  it('when its pack lacks one of its files', () => {
    for (const ending of ['.idx', '.pack']) {
      const objects = emptyObjects()
      const id = writeChain(objects, 1)
      const [name] = readdirSync(join(objects, 'pack')).filter((file) => file.endsWith(ending))
      rmSync(join(objects, 'pack', name!))
      expect(read(objects, id)).toBeNull()
    }
  })
})

describe('an object of a file of its own', () => {
  it.each([
    ['a length that is too small', 'blob 4'],
    ['a length that is too large', 'blob 6'],
    ['a length that is no number', 'blob 5x'],
    ['no length', 'blob'],
    ['a kind that git does not have', 'blub 5'],
    ['a header that does not end', `blob ${'0'.repeat(40)}5`],
    ['no header', ''],
  ])('with %s is none', (_, header) => {
    const objects = emptyObjects()
    expect(read(objects, writeLoose(objects, 'blob 5', Buffer.from('12345')))?.content).toHaveLength(5)
    expect(read(objects, writeLoose(objects, header, Buffer.from('12345')))).toBeNull()
  })

  it('is read up to the size that objects may have, and a bomb is not', () => {
    const objects = emptyObjects()
    const zeros = Buffer.alloc(64 * MIB)
    const whole = writeLoose(objects, `blob ${OBJECT_BYTES}`, zeros.subarray(0, OBJECT_BYTES))
    expect(read(objects, whole)?.content).toHaveLength(OBJECT_BYTES)
    const over = OBJECT_BYTES + 64
    expect(read(objects, writeLoose(objects, `blob ${over}`, zeros.subarray(0, over)))).toBeNull()
    const before = process.memoryUsage().arrayBuffers
    expect(read(objects, writeLoose(objects, 'blob 5', zeros))).toBeNull()
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * MIB)
  })
})

describe('an object of a pack', () => {
  it('may have as many deltas as git makes, and not one more', () => {
    const objects = emptyObjects()
    expect(read(objects, writeChain(objects, MAX_DELTAS))?.content).toEqual(Buffer.from('content'))
    expect(read(objects, writeChain(objects, MAX_DELTAS + 1))).toBeNull()
  })

  it('is none when it is a bomb: of deltas that are small, and make much', () => {
    const objects = emptyObjects()
    const large = Buffer.alloc(15 * MIB)
    expect(read(objects, writeChain(objects, 2, large))?.content).toHaveLength(large.length)
    expect(read(objects, writeChain(objects, 4, large))).toBeNull()
  })

  it('is none when it unpacks to more or less than it says', () => {
    for (const size of [0, 6, 8, OBJECT_BYTES, OBJECT_BYTES + 1, 2 ** 32, 2 ** 45]) {
      const objects = emptyObjects()
      const id = 'cd'.repeat(20)
      writePack(objects, [{ id, code: 3, content: Buffer.from('content'), size }])
      expect(read(objects, id)).toBeNull()
    }
  })

  it('is read up to the size that objects may have', () => {
    for (const [size, expected] of [
      [OBJECT_BYTES, OBJECT_BYTES],
      [OBJECT_BYTES + 1, undefined],
    ] as const) {
      const objects = emptyObjects()
      const id = 'cd'.repeat(20)
      writePack(objects, [{ id, code: 3, content: Buffer.alloc(size) }])
      expect(read(objects, id)?.content.length).toBe(expected)
    }
  })

  it('is none when the header of the pack is another than its index knows', () => {
    for (const [at, byte] of [
      [0, 0x51],
      [7, 4],
      [11, 2],
    ] as const) {
      const objects = emptyObjects()
      const id = 'cd'.repeat(20)
      const pack = `${writePack(objects, [{ id, code: 3, content: Buffer.from('x') }])}.pack`
      const bytes = readFileSync(pack)
      expect(read(objects, id)?.type).toBe('blob')
      bytes[at] = byte
      writeFileSync(pack, bytes)
      expect(read(objects, id)).toBeNull()
    }
  })

  it.each([0, 5] as const)('is none when it is of the kind %d', (code) => {
    const objects = emptyObjects()
    const id = 'cd'.repeat(20)
    writePack(objects, [{ id, code, content: Buffer.from('content') }])
    expect(read(objects, id)).toBeNull()
  })

  it('is none when it is its own base, by itself or in a circle', () => {
    const [a, b] = ['aa'.repeat(20), 'bb'.repeat(20)] as const
    const content = makeDelta(4, 4, [[0, 4]])
    const circles: readonly (readonly MadeEntry[])[] = [
      [{ id: a, code: 7, content, base: a }],
      [{ id: a, code: 6, content, base: 0 }],
      [
        { id: a, code: 7, content, base: b },
        { id: b, code: 7, content, base: a },
      ],
      [
        { id: a, code: 7, content, base: b },
        { id: b, code: 6, content, base: 1 },
      ],
    ]
    for (const circle of circles) {
      const objects = emptyObjects()
      writePack(objects, circle)
      expect(read(objects, a)).toBeNull()
    }
  })

  it('is none when its base is before the pack, or not in it', () => {
    const content = makeDelta(4, 4, [[0, 4]])
    const id = 'aa'.repeat(20)
    for (const base of [7, 'dd'.repeat(20)]) {
      const objects = emptyObjects()
      writePack(objects, [
        { id: 'ee'.repeat(20), code: 3, content: Buffer.from('1234') },
        { id, code: typeof base === 'number' ? 6 : 7, content, base },
      ])
      expect(read(objects, id)).toBeNull()
    }
  })
})

describe('what is damaged', () => {
  it.skipIf(process.platform !== 'linux')('leaves no file open', () => {
    const repository = history()
    const id = repository.git('rev-parse', 'HEAD').trim()
    repository.git('gc', '--quiet')
    const packs = join(objectsOf(repository), 'pack')
    const before = readdirSync('/proc/self/fd').length
    for (const name of readdirSync(packs)) {
      const path = join(packs, name)
      const kept = readFileSync(path)
      chmodSync(path, 0o644)
      for (const length of [0, 10, 40, kept.length - 30]) {
        writeFileSync(path, kept.subarray(0, Math.max(length, 0)))
        read(objectsOf(repository), id)
      }
      writeFileSync(path, kept)
    }
    expect(read(objectsOf(repository), id)).not.toBeNull()
    expect(readdirSync('/proc/self/fd')).toHaveLength(before)
  })
})
