import { randomBytes } from 'node:crypto'
import { SecretMasker } from '../runner/model/masker.ts'
import type { Form } from './form.ts'
import type { Value } from './values.ts'

/** A value in a form that the runner's masker lets through. */
export interface Leak {
  readonly form: string
  readonly kind: string
  /** Of the printed characters that carry the value, how many are still there. */
  readonly visible: number
}

export interface Printed {
  readonly form: string
  readonly cases: readonly Case[]
}

interface Case {
  readonly value: Value
  readonly text: string
  /** How many of the characters are printed without the value, too: those of what stands around it. */
  readonly around: number
}

/** Prints every value in a form: alone, and between neighbours of every length modulo three. */
export function printAll(form: Form, values: readonly Value[]): Printed {
  const contexts = contextsOf(form)
  const fill = (inner: string) => contexts.map(([before, after]) => before + inner + after)
  const printed = form.print(values.flatMap(({ text, frame }) => [...fill(text), ...fill(frame)]))
  const cases = values.flatMap((value, row) =>
    contexts.flatMap((_, column): Case[] => {
      const at = contexts.length * row * 2 + column
      const text = printed[at] ?? null
      return text === null ? [] : [{ value, text, around: visibleLength(printed[at + contexts.length] ?? '') }]
    }),
  )
  return { form: form.name, cases }
}

/** The values of which half or more of what carries them is still visible behind the masks, at worst. */
export function findLeaks({ form, cases }: Printed, maskers: ReadonlyMap<Value, SecretMasker>): Leak[] {
  const worst = new Map<string, number>()
  for (const { value, text, around } of cases) {
    const carrying = visibleLength(text) - around
    if (carrying <= 0) continue
    const left = visibleLength(mask(text, maskers.get(value)!)) - around
    const share = left / carrying
    worst.set(value.kind, Math.max(worst.get(value.kind) ?? 0, share))
  }
  return Array.from(worst, ([kind, visible]) => ({ form, kind, visible })).filter(({ visible }) => visible >= 0.5)
}

/** A masker as a job has it after these commands. */
export function maskerOf(masks: readonly string[]): SecretMasker {
  const masker = new SecretMasker()
  for (const one of masks) masker.addWithLines(one)
  return masker
}

function contextsOf({ around }: Form): (readonly [before: string, after: string])[] {
  const word = () => randomBytes(3).toString('hex').replace(/\d/g, 'q')
  if (around === 'nothing') return [['', '']]
  if (around === 'after')
    return [
      ['', ''],
      ['', word()],
      ['', `${word()}x`],
    ]
  return [
    ['', ''],
    ['', word()],
    [`${word()}:`, ''],
    [word().slice(0, 2), `${word()}x`],
    [word(), `${word()}xy`],
  ]
}

/** Line by line, as a log is. */
function mask(text: string, masker: SecretMasker): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => masker.mask(line))
    .join('\n')
}

function visibleLength(text: string): number {
  return text.replaceAll('***', '').replace(/[\r\n]/g, '').length
}
