import { batchesOf } from './batches.ts'
import type { Masker } from './forms/text.ts'
import { MaskSet } from './mask-set.ts'
import { type Parts, partsOf } from './parts/parts.ts'
import { type Why, whyNot } from './worth.ts'

export interface MaskRequest {
  /** Without those that are public. A name is only ever used in `unmasked`. */
  readonly secrets: readonly SecretValue[]
  /** The shortest value that is hidden. Default: 4. Derived forms have eight characters or more. */
  readonly minLength?: number
  /** How many masks there may be at most; only derived forms are left out for it. Default: 2,000. */
  readonly budget?: number
  /** What becomes of values below `minLength`: left (the default), or hidden after all. */
  readonly short?: 'skip' | 'mask'
  /** Who will hide them: GitHub's runner (the default), which makes some forms by itself, or a filter that hides the masks alone. */
  readonly masker?: Masker
}

export interface SecretValue {
  readonly name: string
  readonly value: string
}

export interface MaskPlan {
  /** Literals of one line each: the values first, then their forms, the likeliest first. */
  readonly masks: readonly string[]
  /** The secrets of which nothing is hidden, and why. Empty values are not among them. */
  readonly unmasked: readonly Unmasked[]
  /** The first family of forms that did not find room, in words for a warning; null when everything did. */
  readonly spentAt: string | null
}

export interface Unmasked {
  readonly name: string
  /** `too-many`: the file has more lines than any masker can take. */
  readonly why: Why | 'too-many'
}

const MIN_LENGTH = 4
const BUDGET = 2000
/** A bound for values and their lines, which no budget cuts: 8 MiB of short lines would otherwise stop the job. */
const MOST_LITERALS = 20_000

/** Lists what must be hidden so that none of the secrets shows in a log, whichever way a program prints it. docs/masking.md. */
export function planMasks(request: MaskRequest): MaskPlan {
  const masks = new MaskSet(request.masker ?? 'runner')
  const unmasked: Unmasked[] = []
  const parts: Parts[] = []
  for (const { name, value } of request.secrets) {
    if (value.trim() === '') continue
    const found = takeApart(value, request, MOST_LITERALS - masks.list.length)
    if (typeof found === 'string') unmasked.push({ name, why: found })
    else {
      for (const literal of found.literals) masks.addLiteral(literal)
      parts.push(found)
    }
  }
  return { masks: masks.list, unmasked, spentAt: addForms(parts, masks, request.budget ?? BUDGET) }
}

/** @returns the value's parts, or why it is not hidden */
function takeApart(value: string, request: MaskRequest, room: number): Parts | Unmasked['why'] {
  const { minLength = MIN_LENGTH, short = 'skip', masker = 'runner' } = request
  const parts = partsOf(value, { minLength, masker })
  if (parts.literals.length > room) return 'too-many'
  if (parts.literals.length > 0) return parts
  const text = value.toWellFormed().trim()
  const why = whyNot(text, minLength) ?? 'short'
  if (why !== 'short' || short === 'skip') return why
  return { literals: text.split(/\s*[\r\n]\s*/).filter((line) => whyNot(line, 1) === null), sources: [] }
}

/** @returns the first family that did not find room for all its forms, or null */
function addForms(secrets: readonly Parts[], masks: MaskSet, budget: number): string | null {
  let spentAt: string | null = null
  for (const { family, forms } of batchesOf(secrets)) {
    if (masks.addForms(forms, budget)) continue
    spentAt ??= family.name
    if (masks.list.length >= budget) break
  }
  return spentAt
}
