import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'

/** An object of a pack that is made by hand: git would write none of the wrong ones. */
export interface MadeEntry {
  /** What the index says it is. */
  readonly id: string
  readonly code: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 0
  readonly content: Uint8Array
  /** Another length than it has. */
  readonly size?: number
  /** Of a delta: how far back, in entries, or the id of the base. */
  readonly base?: number | string
}

/** Writes a pack of version 2 and its index into a folder `objects`. @returns its path without an ending */
export function writePack(objects: string, entries: readonly MadeEntry[]): string {
  const folder = join(objects, 'pack')
  mkdirSync(folder, { recursive: true })
  const { pack, offsets } = makePack(entries)
  const stem = join(folder, `pack-${hashOf(pack).toString('hex')}`)
  writeFileSync(`${stem}.pack`, pack)
  writeFileSync(`${stem}.idx`, makeIndex(entries, offsets))
  return stem
}

function makePack(entries: readonly MadeEntry[]) {
  const parts: Buffer[] = [Buffer.concat([Buffer.from('PACK'), numbers(2, entries.length)])]
  const offsets: number[] = []
  let at = 12
  for (const { code, content, size = content.length, base } of entries) {
    offsets.push(at)
    const distance = typeof base === 'number' ? at - (offsets[offsets.length - 1 - base] ?? 0) : 0
    const toBase = typeof base === 'string' ? Buffer.from(base, 'hex') : base === undefined ? [] : backwards(distance)
    const entry = Buffer.concat([kindAndSize(code, size), Buffer.from(toBase), deflateSync(content)])
    parts.push(entry)
    at += entry.length
  }
  const body = Buffer.concat(parts)
  return { pack: Buffer.concat([body, hashOf(body)]), offsets }
}

function makeIndex(entries: readonly MadeEntry[], offsets: readonly number[]): Buffer {
  const sorted = entries
    .map(({ id }, index) => ({ id, offset: offsets[index]! }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  const fan = Array.from({ length: 256 }, (_, first) =>
    sorted.filter(({ id }) => parseInt(id.slice(0, 2), 16) <= first),
  )
  const body = Buffer.concat([
    Buffer.from('ff744f63', 'hex'),
    numbers(2, ...fan.map(({ length }) => length)),
    ...sorted.map(({ id }) => Buffer.from(id, 'hex')),
    numbers(...sorted.map(() => 0), ...sorted.map(({ offset }) => offset)),
    Buffer.alloc(20),
  ])
  return Buffer.concat([body, hashOf(body)])
}

/** What turns a base into a result: pieces of the base as [from, length], and bytes of its own. */
export function makeDelta(base: number, result: number, steps: readonly (readonly [number, number] | Uint8Array)[]) {
  return Buffer.concat([lowFirst(base), lowFirst(result), ...steps.map(instruction)])
}

function instruction(step: readonly [number, number] | Uint8Array): Buffer {
  if (step instanceof Uint8Array) return Buffer.concat([Buffer.from([step.length]), step])
  const [from, length] = step
  const bytes = [...little(from, 4), ...little(length === 0x10000 ? 0 : length, 3)]
  const code = bytes.reduce((bits, byte, index) => (byte === 0 ? bits : bits | (1 << index)), 0x80)
  return Buffer.from([code, ...bytes.filter((byte) => byte !== 0)])
}

function little(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => Math.floor(value / 2 ** (8 * index)) & 0xff)
}

export function lowFirst(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest])
    bytes.push((rest % 128) | 0x80)
  }
}

function kindAndSize(code: number, size: number): Buffer {
  const first = (code << 4) | (size & 15)
  return size < 16
    ? Buffer.from([first])
    : Buffer.concat([Buffer.from([first | 0x80]), lowFirst(Math.floor(size / 16))])
}

function backwards(distance: number): number[] {
  const bytes = [distance & 0x7f]
  for (let rest = distance >> 7; rest > 0; rest >>= 7) {
    rest -= 1
    bytes.unshift(0x80 | (rest & 0x7f))
  }
  return bytes
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest()
}
