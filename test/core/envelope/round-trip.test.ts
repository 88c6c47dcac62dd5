import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Document, DotenvLine } from '../../../src/core/dotenv/document.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import type { Rule } from '../../../src/core/envelope/values/rule.ts'
import { document, rule, value } from '../../support/documents.ts'
import { isEncrypted } from '../../support/plain-sops/rule.ts'
import { codeOf, linesOf, type Member, newMember, open, seal, textOf } from '../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

describe('a new file', () => {
  it('opens to the document it was made of, under every rule, or was refused for a value it could not hold', async () => {
    await fc.assert(
      fc.asyncProperty(document, rule, fc.boolean(), async (given, rule, macOnlyEncrypted) => {
        const sealing = seal(given, [member], { rule, macOnlyEncrypted })
        if (holdsUnstorable(given, rule)) expect(await codeOf(() => sealing)).toBe('not-representable')
        else expect((await open(await sealing, member.identity)).document).toEqual(given)
      }),
      { numRuns: 200 },
    )
  })

  it('is the same after parsing and printing, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(document, async (given) => {
        const bytes = await seal(given, [member], { rule: { kind: 'encrypted_regex', pattern: '.' } })
        expect(textOf(printEncryptedFile(parseEncryptedFile(bytes)))).toBe(textOf(bytes))
      }),
      { numRuns: 50 },
    )
  })

  it('holds nothing of a value but its length', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uuid(), async (secret) => {
        const bytes = await seal(
          [
            { kind: 'comment', text: ` was ${secret}` },
            { kind: 'entry', name: 'A', value: secret },
          ],
          [member],
        )
        expect(textOf(bytes)).not.toContain(secret)
        expect(textOf(bytes)).not.toContain(Buffer.from(secret).toString('base64'))
      }),
      { numRuns: 10 },
    )
  })

  it('never repeats an IV, a wrapped key or a ciphertext, even for the same value', async () => {
    const given: Document = Array.from({ length: 50 }, (_, index) => ({
      kind: 'entry',
      name: `A${index}`,
      value: 'same',
    }))
    const lines = (await Promise.all([seal(given, [member]), seal(given, [member])])).flatMap(linesOf)
    const ivs = lines.flatMap((line) => /,iv:([^,]+),/.exec(line)?.[1] ?? [])
    expect(ivs).toHaveLength(102)
    expect(new Set(ivs).size).toBe(102)
    expect(new Set(ivs.map((iv) => Buffer.from(iv, 'base64').length))).toEqual(new Set([32]))
    const wrapped = lines.filter((line) => line.startsWith('sops_age__list_0__map_enc='))
    expect(new Set(wrapped).size).toBe(2)
  })

  it('can be of comments alone, or of nothing', async () => {
    for (const given of [[], [{ kind: 'comment', text: ' nothing yet' }], [{ kind: 'blank' }]] as Document[])
      expect((await open(await seal(given, [member]), member.identity)).document).toEqual(given)
  })

  it('opens for each of its members and for nobody else', async () => {
    const [second, postQuantum, stranger] = await Promise.all([newMember(), newMember('hybrid'), newMember()])
    const given: Document = [{ kind: 'entry', name: 'A', value: 'b' }]
    const bytes = await seal(given, [member, second, postQuantum])
    for (const { identity } of [member, second, postQuantum])
      expect((await open(bytes, identity)).document).toEqual(given)
    expect(await codeOf(() => open(bytes, stranger.identity))).toBe('no-identity')
  })
})

describe('the writer', () => {
  it('refuses Unicode that is not well-formed, instead of replacing it', async () => {
    for (const line of [
      { kind: 'entry', name: 'A', value: 'x\ud800' },
      { kind: 'comment', text: '\udc00' },
    ] satisfies DotenvLine[])
      expect(await codeOf(() => seal([line], [member]))).toBe('not-representable')
  })

  it('refuses a comment with a line break, which would be a line of its own', async () => {
    for (const text of ['a\nB=1', 'a\rb', 'a\r'])
      expect(await codeOf(() => seal([{ kind: 'comment', text }], [member]))).toBe('not-representable')
  })

  it.each([
    ['a name twice', ['A', 'A'], 'duplicate'],
    ['a reserved name', ['sops_mac'], 'name-invalid'],
    ['a name with a dash', ['A-B'], 'name-invalid'],
    ['a name with a line break', ['A\nB'], 'name-invalid'],
    ['no name', [''], 'name-invalid'],
    ['a digit first', ['1A'], 'name-invalid'],
    ['a letter outside ASCII', ['É'], 'name-invalid'],
  ])('refuses %s', async (_, names, code) => {
    const given = names.map((name): DotenvLine => ({ kind: 'entry', name, value: 'x' }))
    expect(await codeOf(() => seal(given, [member]))).toBe(code)
  })

  it('refuses to encrypt to nobody', async () => {
    expect(await codeOf(() => seal([], []))).toBe('no-recipients')
  })

  it.each<[string, Rule]>([
    ['an empty pattern, which a reader takes for no rule', { kind: 'unencrypted_suffix', pattern: '' }],
    ['a pattern that a reader would unescape', { kind: 'encrypted_comment_regex', pattern: 'a\\\\nb' }],
    ['a pattern with a CR', { kind: 'encrypted_regex', pattern: 'a\r' }],
    ['a pattern of half a character', { kind: 'encrypted_regex', pattern: '\ud800' }],
    ['an expression that does not compile', { kind: 'encrypted_regex', pattern: '(' }],
    ['an expression that is not RE2', { kind: 'unencrypted_regex', pattern: '(?=A)' }],
  ])('refuses a rule with %s', async (_, rule) => {
    const given: Document = [{ kind: 'entry', name: 'A', value: 'x' }]
    expect(await codeOf(() => seal(given, [member], { rule }))).toBe('policy-invalid')
  })

  it('refuses an expression that would match the ciphertext of a comment', async () => {
    const rule: Rule = { kind: 'unencrypted_comment_regex', pattern: 'AES256' }
    expect(await codeOf(() => seal([{ kind: 'comment', text: 'hidden' }], [member], { rule }))).toBe(
      'not-representable',
    )
  })

  it('never quotes a value in an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uuid(), value, async (secret, rest) => {
        const given: Document = [{ kind: 'entry', name: 'A_unencrypted', value: `${secret}\r${rest}` }]
        await seal(given, [member]).then(
          () => expect.unreachable(),
          (error) =>
            expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(secret),
        )
      }),
      { numRuns: 20 },
    )
  })
})

/** Section 4: a value that stays plain has neither a CR nor the two characters backslash and n. */
function holdsUnstorable(given: Document, rule: Rule): boolean {
  let run: string[] = []
  return given.some((line) => {
    if (line.kind === 'comment') run = [...run, line.text]
    if (line.kind !== 'entry') return false
    const plain = !isEncrypted(rule, run, line.name)
    run = []
    return plain && (line.value.includes('\r') || line.value.includes('\\n'))
  })
}
