/** A small seeded source of choices: the same seed and name give the same choices on every machine. */
export type Random = {
  readonly fraction: () => number
  /** A whole number from low to high, both included. */
  readonly integer: (low: number, high: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <T>(list: readonly T[]) => T
  readonly weighted: <T extends { readonly weight: number }>(list: readonly T[]) => T
  readonly characters: (alphabet: string, count: number) => string
  readonly bytes: (count: number) => Buffer
}

/** Opens the stream of choices called `name` under a seed. Streams of different names do not disturb each other. */
export function seeded(seed: number, name: string): Random {
  const fraction = sfc32(hash(`${seed}/${name}`))
  const integer = (low: number, high: number) => low + Math.floor(fraction() * (high - low + 1))
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error(`nothing to pick from in ${name}`)
    return list[integer(0, list.length - 1)] as T
  }
  return {
    fraction,
    integer,
    pick,
    chance: (probability) => fraction() < probability,
    weighted: (list) => weighted(list, fraction()),
    characters: (alphabet, count) =>
      Array.from({ length: count }, () => alphabet.charAt(integer(0, alphabet.length - 1))).join(''),
    bytes: (count) => Buffer.from(Array.from({ length: count }, () => integer(0, 255))),
  }
}

function weighted<T extends { readonly weight: number }>(list: readonly T[], fraction: number): T {
  let left = fraction * list.reduce((sum, item) => sum + item.weight, 0)
  for (const item of list) {
    left -= item.weight
    if (left < 0) return item
  }
  return list.at(-1) as T
}

/** Four 32-bit words from a string: FNV-1a with four different starting points. */
function hash(text: string): [number, number, number, number] {
  const words = [0x811c9dc5, 0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((start) => {
    let word = start
    for (const byte of Buffer.from(text)) word = Math.imul(word ^ byte, 0x01000193)
    return word | 0
  })
  return words as [number, number, number, number]
}

/** Chris Doty-Humphrey's small fast counter generator, 32-bit variant; the first outputs are thrown away to mix the seed. */
function sfc32(state: [number, number, number, number]): () => number {
  let [a, b, c, counter] = state
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return (sum >>> 0) / 2 ** 32
  }
  for (let round = 0; round < 12; round += 1) next()
  return next
}
