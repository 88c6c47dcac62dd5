import fc from 'fast-check'
import { beforeAll, describe, expect } from 'vitest'
import type { RecipientKind } from '../../src/core/age/recipient.ts'
import type { Document } from '../../src/core/dotenv/document.ts'
import { encryptOver } from '../../src/core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../src/core/envelope/file.ts'
import { rewrap } from '../../src/core/envelope/keys/rewrap.ts'
import type { Rule } from '../../src/core/envelope/values/rule.ts'
import { inCI, itWith } from '../peers.ts'
import { commentsOf, document, documentOf, variablesOf } from '../support/documents.ts'
import { linesOf, type Member, newMember, open, seal } from '../support/sealing.ts'
import { type Sops, shapeOf, withSops } from '../support/sops.ts'

const members: Partial<Record<RecipientKind, Member>> = {}
beforeAll(async () => {
  for (const kind of ['x25519', 'hybrid'] as const) members[kind] = await newMember(kind)
})

const numRuns = inCI ? 15 : 5
const LATER = new Date('2027-01-02T03:04:05Z')

/** A file that each of the rules divides in another way. */
const LINES = [
  ...[
    '# plain',
    '# why',
    'A_PLAIN=1',
    'A_SECRET=2',
    '# secret',
    '# why',
    'B_PLAIN=3',
    '# secret',
    '# secret',
    'C=4',
    '#',
  ],
  ...['# plain', 'c_SERET=5', '# what', 'D='],
]
const VARIABLES = { A_PLAIN: '1', A_SECRET: '2', B_PLAIN: '3', C: '4', c_SERET: '5', D: '' }
/** How many values and comments are ciphertext under each. */
const RULES: readonly (Rule & { readonly sealed: number })[] = [
  { kind: 'unencrypted_suffix', pattern: '_PLAIN', sealed: 11 },
  { kind: 'encrypted_suffix', pattern: '_SECRET', sealed: 1 },
  { kind: 'unencrypted_regex', pattern: '^(A|B)_', sealed: 10 },
  { kind: 'encrypted_regex', pattern: 'SEC?RET|(?i)^c', sealed: 3 },
  { kind: 'unencrypted_comment_regex', pattern: '^ plain', sealed: 8 },
  { kind: 'encrypted_comment_regex', pattern: '^ secret', sealed: 4 },
]

for (const [peer, kind] of [
  ['sops', 'x25519'],
  ['sops>=3.12.1', 'hybrid'],
  ['sops-old', 'x25519'],
] as const)
  describe(`${peer}, with ${kind} recipients`, () => {
    const it = (title: string, work: (sops: Sops, member: Member) => Promise<void>): void =>
      itWith(peer, title, (program) => withSops(program!, members[kind]!, (sops) => work(sops, members[kind]!)))

    it('opens what we write, whatever the texts', async (sops, member) => {
      await fc.assert(
        fc.asyncProperty(document, async (given) => {
          const file = await seal(given, [member], { rule: { kind: 'encrypted_regex', pattern: '.' } })
          expect(sops.variablesOf(file)).toEqual(variablesOf(given))
          expect(sops.commentsOf(file)).toEqual(commentsOf(given))
        }),
        { numRuns },
      )
    })

    it('writes what we open, whatever the texts', async (sops, member) => {
      await fc.assert(
        fc.asyncProperty(document.map(asSopsReadsIt), async (given) => {
          const file = sops.encrypt(plainTextOf(given), '--age', member.recipient.text)
          expect((await open(file, member.identity)).document).toEqual(given)
        }),
        { numRuns },
      )
    })

    for (const rule of RULES)
      it(`encrypts the same lines as we do under ${rule.kind}`, async (sops, member) => {
        const flag = `--${rule.kind.replaceAll('_', '-')}`
        const theirs = sops.encrypt(`${LINES.join('\n')}\n`, '--age', member.recipient.text, flag, rule.pattern)
        const given = (await open(theirs, member.identity)).document
        expect(variablesOf(given)).toEqual(VARIABLES)
        const ours = await seal(given, [member], { rule })
        expect(linesOf(ours).map(shapeOf)).toEqual(linesOf(theirs).map(shapeOf))
        expect(linesOf(ours).filter((line) => /^(#|\w+=)ENC\[/.test(line) && !line.startsWith('sops_'))).toHaveLength(
          rule.sealed,
        )
        expect(sops.variablesOf(ours)).toEqual(VARIABLES)
        expect(sops.commentsOf(ours)).toEqual(commentsOf(given))
      })

    it('agrees on mac_only_encrypted', async (sops, member) => {
      const settings = ['encrypted_suffix: _SECRET', 'mac_only_encrypted: true']
      const config = ['creation_rules:', `  - age: ${member.recipient.text}`, ...settings.map((line) => `    ${line}`)]
      const theirs = sops.encryptUnder(config.join('\n'), `${LINES.join('\n')}\n`)
      const opened = await open(theirs, member.identity)
      expect(opened.file.metadata.macOnlyEncrypted).toBe(true)
      const rule: Rule = { kind: 'encrypted_suffix', pattern: '_SECRET' }
      const ours = await seal(opened.document, [member], { rule, macOnlyEncrypted: true })
      expect(linesOf(ours).map(shapeOf)).toEqual(linesOf(theirs).map(shapeOf))
      expect(sops.variablesOf(ours)).toEqual(VARIABLES)
    })

    it('and we take turns on one file, and unchanged lines stay as they are', async (sops, member) => {
      const first = sops.encrypt('# note\nA=one\nB=two\n', '--age', member.recipient.text)
      const second = await over(first, member, { A: 'one', B: '2', C: 'with\nlines' })
      expect(linesOf(second).slice(0, 2)).toEqual(linesOf(first).slice(0, 2))
      expect(sops.variablesOf(second)).toEqual({ A: 'one', B: '2', C: 'with\nlines' })

      sops.run('--set', '["D"] "say \\"hi\\"\\n\\\\n"', 'encrypted.env')
      sops.run('--set', '["B"] "22"', 'encrypted.env')
      const third = sops.read('encrypted.env')
      const values = { A: 'one', B: '22', C: 'with\nlines', D: 'say "hi"\n\\n' }
      expect(variablesOf((await open(third, member.identity)).document)).toEqual(values)
      expect(linesOf(third).slice(0, 2)).toEqual(linesOf(first).slice(0, 2))

      const fourth = await over(third, member, { ...values, E: '' })
      expect(sops.variablesOf(fourth)).toEqual({ ...values, E: '' })
      expect(linesOf(fourth).slice(0, 5)).toEqual(linesOf(third).slice(0, 5))
    })

    it('opens a file to which we added its recipient, and not one from which we took it', async (sops, member) => {
      const owner = await newMember()
      const alone = await open(await seal(documentOf({ A: 'x' }), [owner]), owner.identity)
      const more = await rewrap(alone, alone.document, { recipients: [owner.recipient, member.recipient], now: LATER })
      const shared = printEncryptedFile(more.file!)
      expect(sops.variablesOf(shared)).toEqual({ A: 'x' })
      const opened = await open(shared, owner.identity)
      const less = await rewrap(opened, opened.document, { recipients: [owner.recipient], now: LATER })
      expect(() => sops.variablesOf(printEncryptedFile(less.file!))).toThrow(/no master key|data key|identity/i)
    })
  })

/** Encrypts these values over a file, comments kept. */
async function over(file: Uint8Array, member: Member, values: Record<string, string>): Promise<Uint8Array> {
  const opened = await open(file, member.identity)
  const rest = opened.document.filter(({ kind }) => kind !== 'entry')
  return printEncryptedFile((await encryptOver(opened, [...rest, ...documentOf(values)], LATER))!)
}

/** What sops reads of a plain file: no blank lines, and no backslash and n but as a line break. */
function asSopsReadsIt(given: Document): Document {
  return given
    .filter(({ kind }) => kind !== 'blank')
    .map((line) => (line.kind === 'entry' ? { ...line, value: line.value.replaceAll('\\n', '\\') } : line))
}

/** A plain file in sops' own dialect, which has no quotes. */
function plainTextOf(given: Document): string {
  const lines = given.map((line) => {
    if (line.kind === 'blank') return ''
    return line.kind === 'comment' ? `#${line.text}` : `${line.name}=${line.value.replaceAll('\n', '\\n')}`
  })
  return lines.map((line) => `${line}\n`).join('')
}
