import { beforeAll, describe, expect, it } from 'vitest'
import { viewOpened, viewSealed, viewUnreadable } from '../../../src/core/diff/view.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import type { OpenedFile } from '../../../src/core/envelope/decrypt.ts'
import { encryptNew, encryptOver } from '../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { readersOf } from '../../../src/core/envelope/keys/key-groups.ts'
import { DEFAULT_RULE } from '../../../src/core/envelope/values/rule.ts'
import { bytesOf, type Member, newMember, open, seal, textOf } from '../../support/sealing.ts'

const NOW = new Date('2026-05-05T00:00:00Z')
const TEXT = '# about A\n\nA=1\nB=1\nC_unencrypted=plain\n'
const masked = { kind: 'masked', key: Buffer.alloc(32, 7) } as const
const revealed = { kind: 'revealed' } as const

let alice: Member
let bytes: Uint8Array
let opened: OpenedFile
beforeAll(async () => {
  alice = await newMember()
  bytes = await seal(parseDotenv(TEXT), [alice])
  opened = await open(bytes, alice.identity)
})

const rows = (text: string) => text.split('\n')
const changedRows = (one: string, other: string) => rows(other).filter((row) => !rows(one).includes(row))
const recipient = () => `[recipient ${alice.recipient.text}]`
const metadata = () => ['', recipient(), '[rule unencrypted_suffix _unencrypted]']

describe('an opened file as git shows it', () => {
  it('has a line for each of its lines: as they are for who asks to see them', () => {
    expect(rows(viewOpened(opened, revealed))).toEqual([
      ...['# about A', '', 'A=1', 'B=1', 'C_unencrypted=plain'],
      ...metadata(),
      expect.stringMatching(/^\[data key [0-9a-f]{12}\]$/),
      '',
    ])
  })

  it('hides values behind digests that one key makes, that differ by name, and that do not tell a length', async () => {
    const [comment, , a, b, plain] = rows(viewOpened(opened, masked))
    expect(comment).toMatch(/^#\[hidden [0-9a-f]{12}\]$/)
    expect(a).toMatch(/^A=\[hidden [0-9a-f]{12}\]$/)
    expect(plain).toBe('C_unencrypted=plain')
    expect(a!.slice(2)).not.toBe(b!.slice(2))
    expect(rows(viewOpened(opened, { ...masked, key: Buffer.alloc(32, 8) }))[2]).not.toBe(a)
  })

  it('changes in the line of what changed, and under a new data key in none but its own', async () => {
    const before = viewOpened(opened, masked)
    const over = await encryptOver(opened, parseDotenv(TEXT.replace('B=1', 'B=a longer one')), NOW)
    const edited = await open(printEncryptedFile(over!), alice.identity)
    expect(changedRows(before, viewOpened(edited, masked))).toEqual([
      expect.stringMatching(/^B=\[hidden [0-9a-f]{12}\]$/),
    ])
    const fresh = await open(await seal(parseDotenv(TEXT), [alice]), alice.identity)
    expect(changedRows(before, viewOpened(fresh, masked))).toEqual([expect.stringMatching(/^\[data key /)])
  })

  it('shows a comment that stands in plain text as it is, without what a terminal obeys', async () => {
    const rule = { kind: 'encrypted_regex', pattern: '^A$' } as const
    const bare = await open(await seal(parseDotenv('# \u001b[2J\nA=1\nB=\u202e\n'), [alice], { rule }), alice.identity)
    const [comment, , b] = rows(viewOpened(bare, masked))
    expect([comment, b]).toEqual(['# \\x1b[2J', 'B=\\u202e'])
  })
})

describe('a file that nobody opened', () => {
  it('shows names and digests of ciphertext, and says why no value was read', () => {
    expect(rows(viewSealed(parseEncryptedFile(bytes), 'no key\u001b'))).toEqual([
      '[not opened: no key\\x1b]',
      expect.stringMatching(/^#\[encrypted [0-9a-f]{12}\]$/),
      '',
      expect.stringMatching(/^A=\[encrypted [0-9a-f]{12}\]$/),
      expect.stringMatching(/^B=\[encrypted [0-9a-f]{12}\]$/),
      'C_unencrypted=plain',
      ...metadata(),
      '',
    ])
  })

  it('names the groups that have to come together, and recipients that are not of age', async () => {
    const bob = await newMember()
    const groups = [[alice.recipient.text], [bob.recipient.text]]
    const envelope = { ...readersOf({ groups, threshold: 2 }), rule: DEFAULT_RULE, macOnlyEncrypted: false }
    expect(rows(viewSealed(await encryptNew(parseDotenv('A=1\n'), envelope, NOW), 'no key')).slice(3, -2)).toEqual([
      '[needs 2 of 2 key groups]',
      `[recipient of group 1: ${alice.recipient.text}]`,
      `[recipient of group 2: ${bob.recipient.text}]`,
    ])
    const withKms = `${textOf(bytes)}sops_kms__list_0__map_arn=one\nsops_kms__list_0__map_enc=x\n`
    expect(rows(viewSealed(parseEncryptedFile(bytesOf(withKms)), 'no key'))).toContain('[recipients of kms]')
  })

  it('that is none shows that it changed, and nothing of what is in it', () => {
    const view = viewUnreadable(bytesOf('<<<<<<< ours\nA=1\n'), 'it has conflict markers')
    expect(rows(view)).toEqual([
      '[cannot be read: it has conflict markers]',
      expect.stringMatching(/^\[content [0-9a-f]{12}\]$/),
      '',
    ])
    expect(viewUnreadable(bytesOf('A=2\n'), 'it has conflict markers')).not.toBe(view)
  })
})
