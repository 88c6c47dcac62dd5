import { beforeAll, describe, expect, it } from 'vitest'
import { encryptOver } from '../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { rewrap, withKeys } from '../../../src/core/envelope/keys/rewrap.ts'
import { RECIPIENTS } from '../../../src/core/envelope/limits.ts'
import { mergeWithoutKey } from '../../../src/core/merge/without-key.ts'
import { documentOf } from '../../support/documents.ts'
import { bytesOf, type Member, newMember, open, seal, textOf } from '../../support/sealing.ts'

const NOW = new Date('2026-05-05T00:00:00Z')
let alice: Member
let bob: Member
let carol: Member
let base: Uint8Array
beforeAll(async () => {
  ;[alice, bob, carol] = [await newMember(), await newMember(), await newMember()]
  base = await seal(documentOf({ A: '1', B: '1' }), [alice])
})

async function withValues(values: Record<string, string>): Promise<Uint8Array> {
  return printEncryptedFile((await encryptOver(await open(base, alice.identity), documentOf(values), NOW))!)
}

async function withRecipients(members: readonly Member[]): Promise<Uint8Array> {
  const recipients = members.map(({ recipient }) => recipient)
  const opened = await open(base, alice.identity)
  return printEncryptedFile((await rewrap(opened, opened.document, { recipients, now: NOW })).file!)
}

function why(ours: Uint8Array, theirs: Uint8Array, from = base): string | null {
  const outcome = mergeWithoutKey({ base: from, ours, theirs })
  return outcome.kind === 'cannot' ? outcome.why : null
}

describe('without a key', () => {
  it('recipients of both sides come together, and every one of them opens the file', async () => {
    const outcome = mergeWithoutKey({
      base,
      ours: await withRecipients([alice, bob]),
      theirs: await withRecipients([alice, carol]),
    })
    if (outcome.kind !== 'merged') throw new Error(outcome.why)
    for (const { identity } of [alice, bob, carol])
      expect((await open(printEncryptedFile(outcome.file), identity)).document).toEqual(documentOf({ A: '1', B: '1' }))
  })

  it.each(['ours', 'theirs'] as const)('values of %s alone stay with their MAC', async (side) => {
    const [values, recipients] = [await withValues({ A: '2', B: '1' }), await withRecipients([alice, bob])]
    const sides = side === 'ours' ? { ours: values, theirs: recipients } : { ours: recipients, theirs: values }
    const outcome = mergeWithoutKey({ base, ...sides })
    if (outcome.kind !== 'merged') throw new Error(outcome.why)
    const opened = await open(printEncryptedFile(outcome.file), bob.identity)
    expect(opened.document).toEqual(documentOf({ A: '2', B: '1' }))
  })

  it('says what is in the way, by names alone', async () => {
    const [one, other] = [await withValues({ A: '2', B: '1' }), await withValues({ A: '1', B: '2' })]
    expect(why(one, other)).toBe('both sides changed values (A, B), so it needs a new MAC')
    const fresh = await seal(documentOf({ A: '1', B: '1' }), [alice])
    expect(why(one, fresh)).toBe('its data key is not the same in all three versions')
    expect(why(one, Buffer.from('A=1\n'))).toBe('one of the three versions is no encrypted file')
    const both = await withRecipients([alice, bob])
    const fewer = Buffer.from(textOf(both).replace(/^sops_age__list_1__.*\n/gm, ''))
    expect(why(fewer, both, both)).toBe('a recipient was taken away, so it needs a new data key')
  })

  it('names five of many values, and says how many more there are', async () => {
    const values = (value: string) => Object.fromEntries([...'ABCDEFG'].map((name) => [name, value]))
    const many = await open(await seal(documentOf(values('1')), [alice]), alice.identity)
    const over = async (value: string) => printEncryptedFile((await encryptOver(many, documentOf(values(value)), NOW))!)
    expect(why(await over('2'), await over('3'), printEncryptedFile(many.file))).toContain('(A, B, C, D, E and 2 more)')
  })

  it('takes no change of what every value depends on, on either side', () => {
    const altered = (change: (text: string) => string) => bytesOf(change(textOf(base)))
    const rule = altered((text) => text.replace('unencrypted_suffix=_unencrypted', 'unencrypted_suffix=_bare'))
    const kms = altered((text) => `${text}sops_kms__list_0__map_arn=one\nsops_kms__list_0__map_enc=x\n`)
    for (const side of [rule, kms])
      expect([why(side, base), why(base, side)]).toEqual(
        Array(2).fill('a side changed its rule or its recipients of other kinds'),
      )
  })

  it('makes no file of more recipients than one may have', async () => {
    // Anybody can name a recipient: the wrapped key is a copy of somebody else's.
    const named = (side: string, count: number) => {
      const file = parseEncryptedFile(base)
      const [own] = file.metadata.wrappedKeys
      const others = Array.from({ length: count }, (_, at) => ({ ...own!, recipient: `${side}${at}` }))
      return printEncryptedFile(withKeys(file, others))
    }
    const room = RECIPIENTS - 1
    expect(why(named('ours', 100), named('theirs', room - 100))).toBeNull()
    expect(why(named('ours', 100), named('theirs', room - 99))).toBe(`it would have more than ${RECIPIENTS} recipients`)
  })
})
