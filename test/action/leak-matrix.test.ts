import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { planMasks } from '../../src/core/mask/plan.ts'
import { Dice } from './leak-matrix/dice.ts'
import type { Form } from './leak-matrix/form.ts'
import { type Context, findLeaks, type Leak, maskerWith, printAll } from './leak-matrix/leaks.ts'
import { STRATEGIES } from './leak-matrix/strategies.ts'
import { JAVASCRIPT } from './leak-matrix/tools/javascript.ts'
import { jq } from './leak-matrix/tools/jq.ts'
import { perl } from './leak-matrix/tools/perl.ts'
import { python } from './leak-matrix/tools/python.ts'
import { shell } from './leak-matrix/tools/shell.ts'
import { drawValues, type Value } from './leak-matrix/values.ts'
import type { SecretMasker } from './runner/model/masker.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'

/** The forms that docs/masking.md says cannot be hidden: every name in the table below the heading. */
const LISTED = listedForms()

/** What the budget of a whole file does not reach: the forms of long values that take a mask for every few characters. */
const LAST = /^(?:base64, \d+ columns|letters with (?:spaces|commas))$/
const LONG = /^(?:RSA key|service account, pretty|JWT)$/

describe('the leak matrix', () => {
  const dice = new Dice()
  const values = drawValues(dice)
  const contexts = drawContexts(dice)
  const maskers = new Map(values.map((value) => [value, maskerWith(planMasks({ secrets: secretsOf([value]) }).masks)]))
  const forms = [...JAVASCRIPT, ...python(), ...perl(), ...jq()]
  let leaks: readonly Leak[]

  beforeAll(() => {
    leaks = leaksIn(forms, values, (value) => maskers.get(value)!)
  })

  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => console.error(`SEALWARD_SEED=${dice.seed} draws the same again`))
  })

  it('has at least 12 kinds of values in at least 60 forms', () => {
    expect(values.length).toBeGreaterThanOrEqual(12)
    expect(forms.length).toBeGreaterThanOrEqual(60)
  })

  it('lets through what docs/masking.md lists, and nothing else', () => {
    const leaking = new Set(leaks.map(({ form }) => form))
    expect(leaks.filter(({ form }) => !isListed(form))).toEqual([])
    expect(forms.filter(({ name }) => isListed(name) && !leaking.has(name))).toEqual([])
  })

  it('finds nothing else in what shells and the programs around them print', { timeout: 240_000 }, () => {
    const some = full ? values : values.filter((_, at) => at % 3 === 0)
    const found = leaksIn(shell(), some, (value) => maskers.get(value)!)
    expect(found.filter(({ form }) => !isListed(form))).toEqual([])
  })

  it('hides a file of eight secrets, as the default budget allows, where others leak', () => {
    const file = values.filter(({ ordinary }) => ordinary)
    const rows = STRATEGIES.map(({ name, masks }) => {
      const masker = maskerWith(masks(secretsOf(file)))
      const found = leaksIn(JAVASCRIPT, file, () => masker)
      return { name, cases: casesIn(file), leaks: found.length, beyond: found.filter(({ form }) => !isListed(form)) }
    })
    console.table(rows.map(({ name, cases, leaks, beyond }) => ({ name, cases, leaks, 'not listed': beyond.length })))
    const [ours, ...others] = rows
    expect(ours!.beyond.filter(({ form, kind }) => !(LAST.test(form) && LONG.test(kind)))).toEqual([])
    for (const other of others) expect(other.leaks).toBeGreaterThan(ours!.leaks * 2)
  })

  it('holds for any value between any neighbours', () => {
    const text = fc.oneof(
      fc.string({ minLength: 8, maxLength: 60, unit: 'grapheme-ascii' }),
      fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom(...'aB3\'"\\$<&/+= %') }),
      fc.string({ minLength: 8, maxLength: 40, unit: 'grapheme' }),
    )
    const neighbour = fc.string({ maxLength: 7, unit: fc.constantFrom(...'klmnop') })
    const form = fc.constantFrom(...JAVASCRIPT.filter(({ name }) => !isListed(name)))
    fc.assert(
      fc.property(text, neighbour, neighbour, form, (drawn, before, after, one) => {
        const { masks, unmasked } = planMasks({ secrets: [{ name: 'V', value: drawn }] })
        // Three asterisks are a large part of less, and a backslash at the end becomes part of what follows.
        fc.pre(unmasked.length === 0 && [...drawn.trim().replace(/\s*\\$/, '')].length >= 8)
        const value = { kind: 'drawn', text: drawn.trim(), frame: '', ordinary: false }
        expect(findLeaks(one.name, printAll(one, [value], [[before, after]]), () => maskerWith(masks))).toEqual([])
      }),
      { numRuns: full ? 5000 : 500, seed: dice.integer(0, 2 ** 31) },
    )
  })

  function leaksIn(printed: readonly Form[], some: readonly Value[], maskerOf: (value: Value) => SecretMasker): Leak[] {
    return printed.flatMap((form) => findLeaks(form.name, printAll(form, some, contexts), maskerOf))
  }

  function casesIn(some: readonly Value[]): number {
    return JAVASCRIPT.flatMap((form) => {
      return [...new Set(printAll(form, some, [['', '']]).map(({ value }) => value))]
    }).length
  }
})

function isListed(form: string): boolean {
  return LISTED.has(form)
}

function listedForms(): Set<string> {
  const text = readFileSync('docs/masking.md', 'utf8')
  const section = text.slice(text.indexOf('## What cannot be hidden'))
  const rows = section.slice(0, section.indexOf('\n## ', 1)).matchAll(/^\|.*\|([^|]+)\|$/gm)
  return new Set(Array.from(rows, ([, names]) => [...names!.matchAll(/`([^`]+)`/g)].map((name) => name[1]!)).flat())
}

function secretsOf(values: readonly Value[]): { name: string; value: string }[] {
  return values.map(({ text }, at) => ({ name: `VALUE_${at}`, value: text }))
}

function drawContexts(dice: Dice): Context[] {
  const word = () => dice.text('abcdefqqqqqqqqqq', 6)
  const few: Context[] = [
    ['', ''],
    ['', word()],
    [`${word()}:`, ''],
    [word().slice(0, 2), `${word()}x`],
  ]
  return full
    ? [...few, ['', `${word()}x`], ['', `${word()}xy`], [word().slice(0, 1), word()], [word(), `${word()}xy`]]
    : few
}
