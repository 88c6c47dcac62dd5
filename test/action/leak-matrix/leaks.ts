import { SecretMasker } from '../runner/model/masker.ts'
import type { Around, Form } from './form.ts'
import type { Value } from './values.ts'

/** A value in a form that the masker lets through. */
export interface Leak {
  readonly form: string
  readonly kind: string
  /** Of the printed characters that carry the value, how many are still there, at worst. */
  readonly visible: number
}

/** What stands before the value in the printed text, and behind it. */
export type Context = readonly [before: string, after: string]

export interface Case {
  readonly value: Value
  readonly text: string
  /** How many characters are printed without the value, too: those of what stands around it. */
  readonly around: number
}

/** Prints every value in a form, alone and between neighbours. */
export function printAll(form: Form, values: readonly Value[], contexts: readonly Context[]): Case[] {
  const suited = contexts.filter((context) => suits(form.around, context))
  const fill = (inner: string) => suited.map(([before, after]) => before + inner + after)
  const texts = [...new Set(values.flatMap(({ text, frame }) => [...fill(text), ...fill(frame)]))]
  const printed = form.print(texts)
  const print = new Map(texts.map((text, at) => [text, printed[at] ?? null]))
  return values.flatMap((value) =>
    suited.flatMap(([before, after]): Case[] => {
      const text = print.get(before + value.text + after) ?? null
      const empty = print.get(before + value.frame + after) ?? ''
      return text === null ? [] : [{ value, text, around: visibleLength(empty) }]
    }),
  )
}

/** The values of which half or more of what carries them is still visible. */
export function findLeaks(form: string, cases: readonly Case[], maskerOf: (value: Value) => SecretMasker): Leak[] {
  const worst = new Map<string, number>()
  for (const { value, text, around } of cases) {
    const carrying = visibleLength(text) - around
    if (carrying <= 0) continue
    const left = visibleLength(maskLines(text, maskerOf(value))) - around
    worst.set(value.kind, Math.max(worst.get(value.kind) ?? 0, left / carrying))
  }
  return Array.from(worst, ([kind, visible]) => ({ form, kind, visible })).filter(({ visible }) => visible >= 0.5)
}

/** A masker as a job has it after these commands. */
export function maskerWith(masks: readonly string[]): SecretMasker {
  const masker = new SecretMasker()
  for (const mask of masks) masker.addWithLines(mask)
  return masker
}

function suits(around: Around, [before, after]: Context): boolean {
  if (around === 'nothing') return before === '' && after === ''
  return around === 'anything' || before === ''
}

/** Line by line, as a log is. */
function maskLines(text: string, masker: SecretMasker): string {
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => masker.mask(line))
    .join('\n')
}

function visibleLength(text: string): number {
  return text.replaceAll('***', '').replace(/[\r\n]/g, '').length
}
