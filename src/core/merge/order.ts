import { align, type Pairs } from './align.ts'
import type { ThreeWay } from './three-way.ts'

type Words = readonly string[]

/**
 * Merges the order of three lists of words, which never conflicts: where both sides changed one place, ours comes first and theirs
 * after it, without what either of them took away. A word can come out twice, where both sides moved it: the caller knows which ones may.
 */
export function mergeOrder({ base, ours, theirs }: ThreeWay<Words>): string[] {
  const merged: string[] = []
  let at: Place = { base: 0, ours: 0, theirs: 0 }
  for (const stable of stablePlaces({ base, ours, theirs })) {
    merged.push(
      ...mergeChunk({
        base: base.slice(at.base, stable.base),
        ours: ours.slice(at.ours, stable.ours),
        theirs: theirs.slice(at.theirs, stable.theirs),
      }),
    )
    if (stable.base < base.length) merged.push(base[stable.base]!)
    at = { base: stable.base + 1, ours: stable.ours + 1, theirs: stable.theirs + 1 }
  }
  return merged
}

type Place = ThreeWay<number>

/** The words of the base that both sides have in their order, by their places; then the ends. */
function stablePlaces({ base, ours, theirs }: ThreeWay<Words>): Place[] {
  const inTheirs = new Map(align(base, theirs))
  const places = align(base, ours).flatMap(([at, place]) => {
    const there = inTheirs.get(at)
    return there === undefined ? [] : [{ base: at, ours: place, theirs: there }]
  })
  return [...places, { base: base.length, ours: ours.length, theirs: theirs.length }]
}

function mergeChunk({ base, ours, theirs }: ThreeWay<Words>): Words {
  if (same(ours, theirs) || same(theirs, base)) return ours
  if (same(ours, base)) return theirs
  const before = new Set(base)
  return weave(ours, theirs, align(ours, theirs))
    .filter(({ word, shared }) => shared || !before.has(word))
    .map(wordOf)
}

interface Woven {
  readonly word: string
  readonly shared: boolean
}

/** Two lists as one: common words once, and between them those of the first before those of the second. */
function weave(one: Words, other: Words, pairs: Pairs): Woven[] {
  const woven: Woven[] = []
  let [at, beside] = [0, 0]
  for (const [next, there] of [...pairs, [one.length, other.length] as const]) {
    for (const word of [...one.slice(at, next), ...other.slice(beside, there)]) woven.push({ word, shared: false })
    if (next < one.length) woven.push({ word: one[next]!, shared: true })
    ;[at, beside] = [next + 1, there + 1]
  }
  return woven
}

function wordOf({ word }: Woven): string {
  return word
}

function same(one: Words, other: Words): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index])
}
