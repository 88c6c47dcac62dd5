import { beforeAll, describe, expect, it } from 'vitest'
import type { Recipient } from '../../../../src/core/age/recipient.ts'
import type { Document } from '../../../../src/core/dotenv/document.ts'
import type { OpenedFile } from '../../../../src/core/envelope/decrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { rewrap } from '../../../../src/core/envelope/keys/rewrap.ts'
import type { Rule } from '../../../../src/core/envelope/values/rule.ts'
import { bytesOf, codeOf, linesOf, type Member, newMember, open, refusal, seal } from '../../../support/sealing.ts'

const DOCUMENT: Document = [
  { kind: 'comment', text: ' the database' },
  { kind: 'entry', name: 'A', value: 'one' },
  { kind: 'blank' },
  { kind: 'entry', name: 'B', value: 'two' },
]
const CHANGED: Document = DOCUMENT.map((line) =>
  line.kind === 'entry' && line.name === 'B' ? { ...line, value: '2' } : line,
)
const KMS = ['sops_kms__list_0__map_arn=arn:aws:kms:eu-west-1:1:key/x', 'sops_kms__list_0__map_context__map_a:b-c=d']
const RULE: Rule = { kind: 'encrypted_regex', pattern: '^[AB]$' }

let alice: Member
let bob: Member
let carol: Member
beforeAll(async () => {
  ;[alice, bob, carol] = await Promise.all([newMember(), newMember(), newMember('hybrid')])
})

describe('rewrapping', () => {
  it('encrypts over when no recipients are given', async () => {
    const opened = await open(await seal(DOCUMENT, [alice]), alice.identity)
    expect(await apply(opened, DOCUMENT, null)).toEqual({ bytes: null, newDataKey: false })
    const { bytes, newDataKey } = await apply(opened, CHANGED, null)
    expect(newDataKey).toBe(false)
    expect((await open(bytes!, alice.identity)).document).toEqual(CHANGED)
  })

  it('changes nothing when the recipients are the same in another order', async () => {
    const opened = await open(await seal(DOCUMENT, [alice, bob]), alice.identity)
    expect(await apply(opened, DOCUMENT, [bob.recipient, alice.recipient])).toEqual({ bytes: null, newDataKey: false })
  })

  it('adds a recipient by two lines, and leaves every other line as it is', async () => {
    const before = await seal(DOCUMENT, [alice, bob], { rule: RULE })
    const opened = await open(before, bob.identity)
    const { bytes, newDataKey } = await apply(opened, DOCUMENT, [alice.recipient, bob.recipient, carol.recipient])
    expect(newDataKey).toBe(false)
    const added = linesOf(bytes!).filter((line) => !linesOf(before).includes(line))
    expect(added.map((line) => line.split('=', 1)[0])).toEqual([
      'sops_age__list_2__map_enc',
      'sops_age__list_2__map_recipient',
    ])
    expect(linesOf(bytes!).filter((line) => !added.includes(line))).toEqual(linesOf(before))
    expect(linesOf(bytes!).map((line) => line.split('=', 1)[0])).toEqual(
      linesOf(await seal(DOCUMENT, [alice, bob, carol], { rule: RULE })).map((line) => line.split('=', 1)[0]),
    )
    for (const { identity } of [alice, bob, carol]) expect((await open(bytes!, identity)).document).toEqual(DOCUMENT)
  })

  it('adds a recipient and changes a value in one step', async () => {
    const opened = await open(await seal(DOCUMENT, [alice]), alice.identity)
    const { bytes } = await apply(opened, CHANGED, [alice.recipient, bob.recipient])
    expect((await open(bytes!, bob.identity)).document).toEqual(CHANGED)
    expect(Buffer.from((await open(bytes!, bob.identity)).dataKey)).toEqual(Buffer.from(opened.dataKey))
  })

  it('keeps recipients of other kinds, unknown metadata and their order when it adds one', async () => {
    const lines = linesOf(await seal(DOCUMENT, [alice]))
    const before = bytesOf([...lines.slice(0, 4), ...KMS, ...lines.slice(4).reverse(), 'sops_future=1', ''].join('\n'))
    const opened = await open(before, alice.identity)
    expect(opened.file.metadata.foreign).toEqual(['kms'])
    const { bytes } = await apply(opened, DOCUMENT, [alice.recipient, bob.recipient])
    const added = linesOf(bytes!).filter((line) => !linesOf(before).includes(line))
    expect(added).toHaveLength(2)
    expect(linesOf(bytes!).filter((line) => !added.includes(line))).toEqual(linesOf(before))
    expect((await open(bytes!, bob.identity)).document).toEqual(DOCUMENT)
  })

  it('draws a new data key when a recipient is taken away, so that the old one opens nothing', async () => {
    const before = await seal(DOCUMENT, [alice, bob], { rule: RULE, macOnlyEncrypted: true })
    const opened = await open(before, alice.identity)
    const { bytes, newDataKey } = await apply(opened, DOCUMENT, [alice.recipient])
    expect(newDataKey).toBe(true)
    const after = await open(bytes!, alice.identity)
    expect(after.document).toEqual(DOCUMENT)
    expect(after.file.metadata).toMatchObject({ rule: RULE, macOnlyEncrypted: true })
    expect(Buffer.from(after.dataKey)).not.toEqual(Buffer.from(opened.dataKey))
    expect(linesOf(bytes!).filter((line) => line.includes('ENC[') && linesOf(before).includes(line))).toEqual([])
    expect(await codeOf(() => open(bytes!, bob.identity))).toBe('no-identity')
  })

  it('refuses to take one away beside recipients it cannot wrap for, and names their kinds', async () => {
    const lines = linesOf(await seal(DOCUMENT, [alice, bob]))
    const pgp = 'sops_pgp__list_0__map_fp=ABCD'
    const opened = await open(bytesOf([...lines, ...KMS, pgp, ''].join('\n')), alice.identity)
    const error = await refusal(() => apply(opened, DOCUMENT, [alice.recipient]))
    expect(error).toMatchObject({ code: 'unsupported', message: expect.stringContaining('kms, pgp') })
  })

  it('refuses to be left with nobody', async () => {
    const opened = await open(await seal(DOCUMENT, [alice]), alice.identity)
    expect(await codeOf(() => apply(opened, DOCUMENT, []))).toBe('no-recipients')
  })

  it('keeps names that other tools wrote under a new data key', async () => {
    const lines = linesOf(await seal([], [alice, bob]))
    const opened = await open(bytesOf(['a.b=', ...lines, ''].join('\n')), alice.identity, { anyName: true })
    const document: Document = [{ kind: 'entry', name: 'a.b', value: 'x' }]
    const { bytes } = await apply(opened, document, [alice.recipient])
    expect((await open(bytes!, alice.identity, { anyName: true })).document).toEqual(document)
  })

  it('refuses more recipients than a reader accepts, together with those that are there', async () => {
    const crowd = Array.from({ length: 256 }, () => bob.recipient)
    const opened = await open(await seal(DOCUMENT, [alice]), alice.identity)
    expect(await codeOf(() => apply(opened, DOCUMENT, [alice.recipient, ...crowd]))).toBe('limit')
    expect(await codeOf(() => seal(DOCUMENT, [alice, ...crowd.map(() => bob)]))).toBe('limit')
    const full = await seal(DOCUMENT, [alice, ...crowd.slice(1).map(() => bob)])
    expect(parseEncryptedFile(full).metadata.wrappedKeys).toHaveLength(256)
  })
})

async function apply(
  opened: OpenedFile,
  document: Document,
  recipients: readonly Recipient[] | null,
): Promise<{ bytes: Uint8Array | null; newDataKey: boolean }> {
  const { file, newDataKey } = await rewrap(opened, document, { recipients, now: new Date('2027-06-05T04:03:02Z') })
  return { bytes: file === null ? null : printEncryptedFile(file), newDataKey }
}
