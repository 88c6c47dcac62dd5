import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Document, DotenvLine } from '../../../src/core/dotenv/document.ts'
import type { OpenedFile } from '../../../src/core/envelope/decrypt.ts'
import { encryptOver } from '../../../src/core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../../src/core/envelope/file.ts'
import type { Rule } from '../../../src/core/envelope/values/rule.ts'
import { document, name, value } from '../../support/documents.ts'
import { bytesOf, codeOf, linesOf, type Member, newMember, open, seal, textOf } from '../../support/sealing.ts'

const LATER = new Date('2027-06-05T04:03:02.999Z')

let member: Member
beforeAll(async () => {
  member = await newMember()
})

/** Rules under which any value can be stored. */
const anyRule = fc.constantFrom<Rule>(
  { kind: 'unencrypted_suffix', pattern: '_never' },
  { kind: 'encrypted_regex', pattern: '.' },
  { kind: 'unencrypted_comment_regex', pattern: '^ never$' },
)

/** A document, and what somebody made of it: lines kept, dropped, changed, moved and added. */
const edited = fc
  .tuple(document, document, fc.array(fc.constantFrom('keep', 'keep', 'drop', 'change'), { minLength: 12 }), fc.nat(3))
  .map(([given, other, steps, moved]) => {
    const left = given.flatMap((line, index): Document => {
      if (steps[index] === 'drop') return []
      return steps[index] === 'change' && line.kind === 'entry' ? [{ ...line, value: `${line.value}!` }] : [line]
    })
    const names = new Set(left.map((line) => (line.kind === 'entry' ? line.name : '')))
    const added = other.filter((line) => line.kind !== 'entry' || !names.has(line.name))
    return { given, wanted: [...left.slice(moved), ...added, ...left.slice(0, moved)] }
  })

describe('encrypting over an opened file', () => {
  it('is null when the document is the same, under any rule', async () => {
    await fc.assert(
      fc.asyncProperty(document, anyRule, fc.boolean(), async (given, rule, macOnlyEncrypted) => {
        const opened = await open(await seal(given, [member], { rule, macOnlyEncrypted }), member.identity)
        expect(await encryptOver(opened, structuredClone(given), LATER)).toBeNull()
      }),
      { numRuns: 50 },
    )
  })

  it('gives a file of the new document in which every line that did not change is as it was', async () => {
    await fc.assert(
      fc.asyncProperty(edited, anyRule, async ({ given, wanted }, rule) => {
        const before = await seal(given, [member], { rule })
        const after = await over(await open(before, member.identity), wanted)
        if (after === null) expect(wanted).toEqual(given)
        else {
          expect((await open(after, member.identity)).document).toEqual(wanted)
          expectKept(linesOf(before), linesOf(after), given, wanted)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('changes three lines when one value changes: that one, sops_mac and sops_lastmodified', async () => {
    await fc.assert(
      fc.asyncProperty(document, name, value, fc.nat(), async (rest, name, old, at) => {
        const lines = rest.filter((line) => line.kind !== 'entry' || line.name !== name)
        const [before, after] = [old, `${old}x`].map((value) =>
          lines.toSpliced(at % (lines.length + 1), 0, { kind: 'entry', name, value }),
        )
        const rule: Rule = { kind: 'encrypted_regex', pattern: '.' }
        const bytes = await seal(before!, [member], { rule })
        const changed = changedLines(bytes, (await over(await open(bytes, member.identity), after!))!)
        expect(changed.map((line) => line.split('=', 1)[0])).toEqual([name, 'sops_lastmodified', 'sops_mac'])
        expect(changed[1]).toBe('sops_lastmodified=2027-06-05T04:03:02Z')
      }),
      { numRuns: 50 },
    )
  })

  it('draws a new IV when a value changes and changes back', async () => {
    const [first, second] = [entries({ A: '1' }), entries({ A: '2' })]
    const one = await seal(first, [member])
    const two = (await over(await open(one, member.identity), second))!
    const three = (await over(await open(two, member.identity), first))!
    expect(new Set([one, two, three].map((bytes) => linesOf(bytes)[0])).size).toBe(3)
  })

  it('keeps ciphertexts when lines only move, and replaces the MAC', async () => {
    const bytes = await seal(entries({ A: '1', B: '2', C: '' }), [member])
    const after = (await over(await open(bytes, member.identity), entries({ C: '', B: '2', A: '1' })))!
    expect(linesOf(after).slice(0, 3)).toEqual(linesOf(bytes).slice(0, 3).reverse())
    expect((await open(after, member.identity)).document).toEqual(entries({ C: '', B: '2', A: '1' }))
  })

  it('keeps equal comments first come, first served, and hand-written ones plain', async () => {
    const comments = (...texts: string[]): Document => texts.map((text) => ({ kind: 'comment', text }))
    const lines = linesOf(await seal([...comments(' same', ' same'), ...entries({ A: '1' })], [member]))
    const edited = bytesOf([...lines.slice(0, 1), '# by hand', ...lines.slice(1), ''].join('\n'))
    const wanted = [...comments(' same', ' same', ' same', ' by hand'), ...entries({ A: '1' })]
    const after = linesOf((await over(await open(edited, member.identity), wanted))!)
    expect(after.slice(0, 2)).toEqual(lines.slice(0, 2))
    expect(after[2]).toMatch(/^#ENC\[/)
    expect(after[3]).toBe('# by hand')
  })

  it('encrypts a value whose place under the rule changed, and leaves plain one that lost its comment', async () => {
    const rule: Rule = { kind: 'encrypted_comment_regex', pattern: 'secret' }
    const secret: DotenvLine = { kind: 'comment', text: ' secret' }
    const [below, apart] = [
      [secret, ...entries({ A: '1', B: '2' })],
      [...entries({ A: '1' }), secret, ...entries({ B: '2' })],
    ]
    const bytes = await seal(below, [member], { rule })
    expect(linesOf(bytes).slice(1, 3)).toEqual([expect.stringMatching(/^A=ENC/), 'B=2'])
    const after = (await over(await open(bytes, member.identity), apart))!
    expect([linesOf(after)[0], linesOf(after)[2]]).toEqual(['A=1', expect.stringMatching(/^B=ENC/)])
    expect((await open(after, member.identity)).document).toEqual(apart)
  })

  it('lets a rule see a comment as a reader will: with the CR that SOPS left in it', async () => {
    const rule: Rule = { kind: 'encrypted_comment_regex', pattern: 'secret$' }
    const plain = linesOf(await seal([{ kind: 'comment', text: 'x' }, ...entries({ A: '1' })], [member], { rule }))
    const bytes = bytesOf(['#secret\r', ...plain.slice(1), ''].join('\n'))
    const opened = await open(bytes, member.identity)
    expect(opened.document[0]).toEqual({ kind: 'comment', text: 'secret' })
    const after = (await over(opened, [...opened.document, ...entries({ B: '2' })]))!
    expect(linesOf(after).slice(0, 3)).toEqual(['#secret\r', 'A=1', 'B=2'])
    expect((await open(after, member.identity)).variables.get('A')?.value).toBe('1')
  })

  it('keeps names that other tools wrote and refuses new ones like them', async () => {
    const lines = linesOf(await seal(entries({ A: '' }), [member]))
    const opened = await open(bytesOf(['a.b=', ...lines, ''].join('\n')), member.identity, { anyName: true })
    const after = (await over(opened, entries({ 'a.b': 'x' })))!
    expect((await open(after, member.identity, { anyName: true })).document).toEqual(entries({ 'a.b': 'x' }))
    expect(await codeOf(() => over(opened, entries({ 'a.b': '', 'c.d': '' })))).toBe('name-invalid')
  })

  it('keeps the order of the metadata, blank lines among them and names it does not know', async () => {
    const lines = linesOf(await seal(entries({ A: '1' }), [member]))
    const shuffled = [lines[0], ...lines.slice(1).reverse(), '', 'sops_future__map_x=1', ''].join('\n')
    const after = linesOf((await over(await open(bytesOf(shuffled), member.identity), entries({ A: '2' })))!)
    expect(after.map((line) => line.split('=', 1)[0])).toEqual(
      shuffled
        .slice(0, -1)
        .split('\n')
        .map((line) => line.split('=', 1)[0]),
    )
    expect(after.at(-1)).toBe('sops_future__map_x=1')
  })

  it('writes LF where a checkout made CR LF, and leaves such a file alone when nothing changed', async () => {
    const bytes = await seal(entries({ A: '1' }), [member])
    const converted = bytesOf(textOf(bytes).replaceAll('\n', '\r\n'))
    const opened = await open(converted, member.identity)
    expect(await over(opened, entries({ A: '1' }))).toBeNull()
    const after = (await over(opened, entries({ A: '1', B: '' })))!
    expect(textOf(after)).not.toContain('\r')
    expect(linesOf(after)[0]).toBe(linesOf(bytes)[0])
  })

  it('keeps the spelling of a typed value that did not change, in the line and in the MAC', async () => {
    const { writePlainSops } = await import('../../support/plain-sops/write.ts')
    const { wrapDataKey } = await import('../../../src/core/age/wrap.ts')
    const dataKey = new Uint8Array(32).fill(7)
    const keys = [{ recipient: member.recipient.text, armored: await wrapDataKey(dataKey, member.recipient) }]
    const lines = [
      { kind: 'entry', name: 'ON', value: 'True', type: 'bool' },
      { kind: 'entry', name: 'PORT', value: '8080', type: 'float' },
    ] as const
    const bytes = writePlainSops({ lines, keys, rule: null }, dataKey)
    const after = (await over(await open(bytes, member.identity), entries({ ON: 'true', PORT: '8081' })))!
    expect(linesOf(after)[0]).toBe(linesOf(bytes)[0])
    expect(linesOf(after)[1]).toMatch(/type:str\]$/)
    expect((await open(after, member.identity)).document).toEqual(entries({ ON: 'true', PORT: '8081' }))
  })
})

async function over(opened: OpenedFile, wanted: Document): Promise<Uint8Array | null> {
  const file = await encryptOver(opened, wanted, LATER)
  return file === null ? null : printEncryptedFile(file)
}

function entries(values: Record<string, string>): Document {
  return Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }))
}

function changedLines(before: Uint8Array, after: Uint8Array): string[] {
  const old = new Set(linesOf(before))
  expect(linesOf(after)).toHaveLength(linesOf(before).length)
  return linesOf(after).filter((line) => !old.has(line))
}

/** Line for line: what is in both documents has its old stored line, what is new has one that the old file has not. */
function expectKept(before: string[], after: string[], given: Document, wanted: Document): void {
  const old = new Map(
    given.flatMap((line, index) => (line.kind === 'entry' ? [[line.name, { line, stored: before[index] }]] : [])),
  )
  for (const [index, line] of wanted.entries()) {
    if (line.kind !== 'entry') continue
    const known = old.get(line.name)
    if (known?.line.value === line.value) expect(after[index]).toBe(known.stored)
    else if (line.value !== '') expect(before).not.toContain(after[index])
  }
  const comments = (lines: string[]) => lines.filter((line) => line.startsWith('#'))
  const kept = new Set(comments(before))
  const texts = (document: Document) => document.flatMap((line) => (line.kind === 'comment' ? [line.text] : []))
  const common = texts(given)
  for (const [index, text] of texts(wanted).entries()) {
    const found = common.indexOf(text)
    if (found < 0) continue
    common.splice(found, 1)
    expect(kept).toContain(comments(after)[index])
  }
  const metadata = (lines: string[]) => lines.filter((line) => /^sops_(?!mac=|lastmodified=)/.test(line))
  expect(metadata(after)).toEqual(metadata(before))
}
