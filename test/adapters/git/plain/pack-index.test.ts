import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openBudget } from '../../../../src/adapters/git/plain/bounds.ts'
import { openPackIndex } from '../../../../src/adapters/git/plain/pack-index.ts'
import { openPlainFile } from '../../../../src/adapters/git/plain/plain-file.ts'
import { makeRepository, temporaryFolder } from '../../../support/git-repository.ts'

const FAN = 8

/** A pack of 700 objects, and its index as bytes. */
function packed() {
  const repository = makeRepository()
  for (let index = 0; index < 700; index += 1) repository.write(`f${index}`, `${index}`)
  repository.git('add', '--all')
  repository.git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'x')
  repository.git('gc', '--quiet')
  const folder = join(repository.path, '.git', 'objects', 'pack')
  const name = readdirSync(folder).find((file) => file.endsWith('.pack'))!
  const pack = join(folder, name)
  const index = pack.replace(/pack$/, 'idx')
  const lines = repository.git('verify-pack', '-v', index).match(/^[0-9a-f]{40} .*$/gm)!
  const places = lines.map((line) => [line.slice(0, 40), Number(line.trim().split(/ +/)[4])] as const)
  return { repository, pack, index, places }
}

function open(bytes: Uint8Array, budget = openBudget()) {
  const path = join(temporaryFolder(), 'x.idx')
  writeFileSync(path, bytes)
  return openPackIndex(openPlainFile(path, budget)!)
}

const id = (hex: string) => Buffer.from(hex, 'hex')

describe('the index of a pack', () => {
  it('has every object where git has it, and no other', () => {
    const { index, places } = packed()
    const found = open(readFileSync(index))
    expect(found.count).toBe(places.length)
    expect(places.length).toBeGreaterThan(700)
    for (const [hex, offset] of places) {
      expect(found.find(id(hex))).toBe(offset)
      expect(found.find(id(hex.replace(/.$/, (last) => (last === '0' ? '1' : '0'))))).toBeNull()
    }
    expect(found.find(Buffer.alloc(20))).toBeNull()
    expect(found.find(Buffer.alloc(20, 0xff))).toBeNull()
  })

  it('is searched where many ids begin with the same byte, and only a little of it is read', () => {
    const ids = Array.from({ length: 5000 }, (_, count) => {
      const bytes = Buffer.alloc(20, 0x77)
      bytes.writeUInt32BE(count * 3, 1)
      return bytes
    })
    const index = Buffer.alloc(8 + 1024 + ids.length * 28 + 40)
    index.set(id('ff744f6300000002'))
    for (let first = 0x77; first < 256; first += 1) index.writeUInt32BE(ids.length, FAN + first * 4)
    ids.forEach((bytes, at) => {
      index.set(bytes, 1032 + at * 20)
      index.writeUInt32BE(at + 12, 1032 + ids.length * 24 + at * 4)
    })
    const found = open(index, openBudget(1032 + 3 * 2000 + 2000))
    for (const at of [0, 4999, 3333]) expect(found.find(ids[at]!)).toBe(at + 12)
    const between = Buffer.from(ids[500]!)
    between.writeUInt32BE(500 * 3 + 1, 1)
    expect(found.find(between)).toBeNull()
    const unbounded = open(index, openBudget(2 ** 40))
    expect(ids.map((bytes) => unbounded.find(bytes))).toEqual(ids.map((_, at) => at + 12))
  })

  it('of a pack beyond 2 GiB has long offsets', () => {
    const { repository, pack, places } = packed()
    const path = join(temporaryFolder(), 'long.idx')
    repository.git('index-pack', '--index-version=2,0x40', '-o', path, pack)
    expect(readFileSync(path).length).toBeGreaterThan(1032 + places.length * 28 + 40)
    const found = open(readFileSync(path))
    for (const [hex, offset] of places) expect(found.find(id(hex))).toBe(offset)
  })

  it('of version 1 is left to git', () => {
    const { repository, pack } = packed()
    const path = join(temporaryFolder(), 'old.idx')
    repository.git('index-pack', '--index-version=1', '-o', path, pack)
    expect(() => open(readFileSync(path))).toThrow(expect.objectContaining({ code: 'git' }))
  })

  it('with numbers that cannot be true is refused, and no memory is taken for them', () => {
    const { index, places } = packed()
    const [hex] = places.find(([one]) => !one.startsWith('ff'))!
    const first = parseInt(hex.slice(0, 2), 16)
    const lies: readonly (readonly [string, (bytes: Buffer) => void])[] = [
      ['another version', (bytes) => bytes.writeUInt32BE(3, 4)],
      ['one object more than there are', (bytes) => bytes.writeUInt32BE(places.length + 1, FAN + first * 4)],
      ['far more objects than there are', (bytes) => bytes.fill(0xff, FAN + first * 4, FAN + 1024)],
      ['counts that fall', (bytes) => bytes.writeUInt32BE(0xffffffff, FAN + first * 4)],
      ['long offsets where there are none', (bytes) => bytes.fill(0xff, 1032 + places.length * 24)],
    ]
    for (const [what, lie] of lies) {
      const bytes = readFileSync(index)
      lie(bytes)
      expect(() => open(bytes).find(id(hex)), what).toThrow(expect.objectContaining({ code: 'git' }))
    }
  })

  it('that breaks off is refused', () => {
    const { index, places } = packed()
    const bytes = readFileSync(index)
    for (const length of [0, 7, 8, 1031, 1032, 1032 + places.length * 10, 1032 + places.length * 24])
      expect(() => places.map(([hex]) => open(bytes.subarray(0, length)).find(id(hex)))).toThrow(
        expect.objectContaining({ code: 'git' }),
      )
  })

  it('is read as far as the budget goes', () => {
    const path = join(temporaryFolder(), 'x')
    writeFileSync(path, 'content')
    const file = openPlainFile(path, openBudget(8))!
    expect(file.read(0, 4).toString()).toBe('cont')
    expect(file.read(4, 3).toString()).toBe('ent')
    expect(() => file.read(0, 2)).toThrow('too large')
    file.close()
  })

  it('is a file', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'x.idx'))
    expect(() => openPlainFile(join(folder, 'x.idx'), openBudget())).toThrow(expect.objectContaining({ code: 'git' }))
    expect(openPlainFile(join(folder, 'y.idx'), openBudget())).toBeNull()
  })
})
