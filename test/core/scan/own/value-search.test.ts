import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  base64Lines,
  base64Tiles,
  base64TwiceLines,
  hexLines,
  hexTiles,
  longBase64Tiles,
} from '../../../../src/core/mask/forms/encodings/columns.ts'
import { hexDumps } from '../../../../src/core/mask/forms/encodings/hex.ts'
import { Text } from '../../../../src/core/mask/forms/text.ts'
import { planMasks } from '../../../../src/core/mask/plan.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'
import { fold, unfold } from '../../../../src/core/scan/own/fold.ts'
import { isTelling } from '../../../../src/core/scan/own/telling.ts'
import { compileValues } from '../../../../src/core/scan/own/value-search.ts'

const SIGNS = '#!^~%$*'
const LETTERS = [...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789']
const drawn = fc.string({ unit: fc.constantFrom(...LETTERS, ...SIGNS), minLength: 14, maxLength: 60 }).filter(isTelling)
const around = fc.string({ unit: fc.constantFrom(' ', '\n', '"', '=', 'x', 'é', ';'), maxLength: 30 })
const PIECES = [base64Lines, base64TwiceLines, hexLines, base64Tiles, longBase64Tiles, hexTiles, hexDumps]

function find(value: string, text: string | Uint8Array) {
  return compileValues([{ value }]).find(new ScanText(Buffer.from(text as string)))
}

describe('own values', () => {
  it('are found in every form that masking hides, wherever it stands, but for pieces', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(drawn, around, around, (value, before, behind) => {
        const search = compileValues([{ value }])
        const pieces = new Set(PIECES.flatMap((family) => [...family.forms(new Text(value))]))
        const { masks } = planMasks({ secrets: [{ name: 'A', value }], masker: 'filter', budget: 20_000 })
        for (const mask of masks.filter((one) => one.length >= 8 && !pieces.has(one))) {
          const found = search.find(new ScanText(Buffer.from(`${before}\t${mask}\t${behind}`)))
          expect(found.length, mask.length.toString()).toBeGreaterThan(0)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('are found in any layout, as they are, in base64 and in hex', () => {
    const joint = fc.constantFrom('\n', '\r\n    ', '" +\n  "', "',\n'", ' \\\n', '\\n', '\n// ', '\n> ', ' ')
    const letters = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 24, maxLength: 60 }).filter(isTelling)
    const pieces = fc.array(fc.tuple(fc.integer({ min: 2, max: 20 }), joint), { minLength: 8, maxLength: 8 })
    const encode = fc.constantFrom('latin1' as const, 'base64' as const, 'base64url' as const, 'hex' as const)
    fc.assert(
      fc.property(letters, encode, pieces, fc.string({ maxLength: 5 }), (value, encoding, cuts, before) => {
        const encoded = Buffer.from(before + value, 'utf8').toString(encoding)
        expect(find(value, `var x = "${layOut(encoded, cuts)}"`).length).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['as it is', (value: string) => value, 'as it is'],
    ['in base64 behind something', (value: string) => Buffer.from(`id:${value}`).toString('base64'), 'as base64'],
    ['backwards', (value: string) => [...value].reverse().join(''), 'reversed or in another case'],
    ['in hex in columns', (value: string) => hexColumns(value), 'as hex, over several lines'],
  ])('say their form: %s', (_, write, form) => {
    const value = drawnOnce()
    expect(find(value, `- ${write(value)} -`)).toMatchObject([{ value: 0, form }])
  })

  it('are found in hex over several lines that has no letters, as that of many a password', () => {
    expect(find('rhaE8qp4eW8VWBcGbpgt', hexColumns('rhaE8qp4eW8VWBcGbpgt'))).toMatchObject([
      { form: 'as hex, over several lines' },
    ])
  })

  it('are found over several lines behind a backslash, also where it makes layout of their first letter', () => {
    for (const first of ['n', 't', 'q']) {
      const value = first + drawnOnce()
      expect(find(value, `C:\\${value.slice(0, 9)}" +\n  "${value.slice(9)}`).length).toBe(1)
    }
  })

  it('are at the place where they stand', () => {
    const value = drawnOnce()
    expect(find(value, `ab ${value} cd ${value.slice(0, 9)}"\n + "${value.slice(9)}`)).toMatchObject([
      { start: 3, end: 3 + value.length },
      { start: 7 + value.length, end: 13 + 2 * value.length },
    ])
  })

  it('that are short or usual are named and not looked for, nor are usual parts of others', () => {
    const values = ['true', 'eu-central-1', 'abc12', `postgres://app:${drawnOnce()}@db.example.com/main`]
    const search = compileValues(values.map((value) => ({ value })))
    expect(search.passedOver).toEqual([0, 1, 2])
    const usual = ['postgres://app:', '@db.example.com/main', 'eu-central-1', 'true'].flatMap((text) => [
      text,
      Buffer.from(text).toString('base64'),
      Buffer.from(text).toString('hex'),
    ])
    expect(search.find(new ScanText(Buffer.from(usual.join('\n'))))).toEqual([])
  })

  it('that are the same are told as the first of them, and no more often than anybody reads', () => {
    const value = drawnOnce()
    const search = compileValues([{ value }, { value }])
    const found = search.find(new ScanText(Buffer.from(`${value} `.repeat(1100))))
    expect([found.length, new Set(found.map((one) => one.value))]).toEqual([1000, new Set([0])])
  })

  it('of which there are none find nothing', () => {
    expect(compileValues([]).find(new ScanText(Buffer.from(drawnOnce())))).toEqual([])
  })

  it('that are many are looked for in their likeliest forms, and named', () => {
    const lines = Array.from({ length: 40 }, drawnOnce)
    const [value, usual] = [lines.join('\n'), Array.from({ length: 600 }, () => ({ value: 'true' }))]
    const search = compileValues([{ value }, ...usual])
    expect([search.shortened, search.passedOver.length]).toEqual([[0], 600])
    expect(search.find(new ScanText(Buffer.from(`a ${lines[39]} b`)))).toMatchObject([{ value: 0, form: 'in part' }])
    expect(compileValues([{ value }]).shortened).toEqual([])
  })

  it('of letters that a program replaces by question marks do not find question marks', () => {
    expect(find('пароль-очень-секретный-7Х', '????????-?????-?????????-7?')).toEqual([])
  })
})

describe('folding', () => {
  it('leaves what a plain reading leaves, and knows where it stood', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '7', '\\', 'n', 't', ' ', '\n', '+', 'é'), maxLength: 60 })
    fc.assert(
      fc.property(text, (input) => {
        const bytes = Buffer.from(input)
        const folded = fold(bytes)
        expect(Buffer.from(folded).toString('latin1')).toBe(input.replace(/\\[nrt]|[^A-Za-z0-9]/g, ''))
        const places = unfold(
          bytes,
          Array.from(folded, (_, at) => at),
        )
        expect(places.map((at) => bytes[at])).toEqual([...folded])
      }),
    )
  })
})

function layOut(text: string, cuts: readonly (readonly [number, string])[]): string {
  let [out, at] = ['', 0]
  for (const [length, joint] of cuts) {
    out += text.slice(at, at + length) + (at + length < text.length ? joint : '')
    at += length
  }
  return out + text.slice(at)
}

function hexColumns(value: string): string {
  return Buffer.from(value).toString('hex').replace(/.{6}/g, '$&\n')
}

function drawnOnce(): string {
  return fc.sample(
    fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 40, maxLength: 40 }).filter(isTelling),
    1,
  )[0]!
}
