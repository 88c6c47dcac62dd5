/** Numbers that are the same for the same seed (mulberry32, by Tommy Ettinger, in the public domain). */
export interface Random {
  /** From 0 to before `below`. */
  number(below: number): number
  pick<T>(list: readonly T[]): T
}

export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const number = (below: number) => Math.floor((next() / 2 ** 32) * below)
  return { number, pick: (list) => list[number(list.length)]! }
}
