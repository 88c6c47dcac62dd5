import type { Random } from './random.ts'

export const MAX_INPUT = 256 * 1024

/** Bytes and numbers at which readers stumble. */
const EDGES = [0x00, 0x01, 0x0a, 0x0d, 0x20, 0x22, 0x27, 0x2b, 0x2f, 0x3d, 0x5c, 0x7f, 0x80, 0xfe, 0xff]
const NUMBERS = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]
const MAX_STEPS = 8
const MAX_REPEATS = 2000

export interface Material {
  readonly seeds: readonly Uint8Array[]
  readonly words: readonly string[]
}

type Step = (input: Buffer, random: Random, material: Material) => Buffer

const STEPS: readonly Step[] = [flipBit, setEdge, setNumber, remove, duplicate, repeat, insertWord, splice, cut]

/** An input that comes from a seed by a few changes. Short ones, and those of a few changes, are most frequent. */
export function mutate(material: Material, random: Random): Buffer {
  let input: Buffer = Buffer.from(random.pick(material.seeds))
  const steps = 1 + random.number(1 + random.number(MAX_STEPS))
  for (let step = 0; step < steps; step += 1) input = random.pick(STEPS)(input, random, material)
  return input.subarray(0, MAX_INPUT)
}

function flipBit(input: Buffer, random: Random): Buffer {
  const at = random.number(input.length)
  if (input.length > 0) input[at]! ^= 1 << random.number(8)
  return input
}

function setEdge(input: Buffer, random: Random): Buffer {
  if (input.length > 0) input[random.number(input.length)] = random.pick(EDGES)
  return input
}

/** In 2 or 4 bytes, in either order. */
function setNumber(input: Buffer, random: Random): Buffer {
  const size = random.pick([2, 4])
  if (input.length < size) return input
  const value = random.pick(NUMBERS) % 2 ** (8 * size)
  const at = random.number(input.length - size + 1)
  if (random.number(2) === 0) input.writeUIntLE(value, at, size)
  else input.writeUIntBE(value, at, size)
  return input
}

function remove(input: Buffer, random: Random): Buffer {
  const { start, end } = part(input, random)
  return Buffer.concat([input.subarray(0, start), input.subarray(end)])
}

function duplicate(input: Buffer, random: Random): Buffer {
  const { start, end } = part(input, random)
  return insert(input, random.number(input.length + 1), input.subarray(start, end))
}

/** What takes time in the square of a length shows with long ones only. */
function repeat(input: Buffer, random: Random): Buffer {
  const { start, end } = part(input, random)
  const piece = input.subarray(start, Math.min(end, start + 64))
  const parts = new Array<Buffer>(random.number(MAX_REPEATS)).fill(piece)
  return insert(input, end, Buffer.concat(parts).subarray(0, MAX_INPUT))
}

function insertWord(input: Buffer, random: Random, { words }: Material): Buffer {
  if (words.length === 0) return flipBit(input, random)
  return insert(input, random.number(input.length + 1), Buffer.from(random.pick(words), 'latin1'))
}

function splice(input: Buffer, random: Random, { seeds }: Material): Buffer {
  const other = Buffer.from(random.pick(seeds))
  const { start, end } = part(other, random)
  return insert(input, random.number(input.length + 1), other.subarray(start, end))
}

function cut(input: Buffer, random: Random): Buffer {
  return input.subarray(0, random.number(input.length + 1))
}

function part(input: Buffer, random: Random): { readonly start: number; readonly end: number } {
  const start = random.number(input.length + 1)
  return { start, end: start + random.number(Math.min(input.length - start, 1 + random.number(4096)) + 1) }
}

function insert(input: Buffer, at: number, piece: Uint8Array): Buffer {
  return Buffer.concat([input.subarray(0, at), piece, input.subarray(at)]).subarray(0, MAX_INPUT)
}
