import { describe, expect, it } from 'vitest'
import type { Identity } from '../../../../src/core/age/identity.ts'
import { unlockPath } from '../../../../src/tasks/steps/keys/unlock.ts'
import { fixedKeys } from '../../../fakes/fixed-keys.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { newMember, refusal, seal, textOf } from '../../../support/sealing.ts'

const member = await newMember()
const second = await newMember()
const hybrid = await newMember('hybrid')
const stranger = await newMember()
const document = [{ kind: 'entry', name: 'A', value: '1' }] as const
const sealed = await seal(document, [member, second, hybrid])

/** Unlocks the file with these keys at hand; tells which places were read. */
async function unlock(...found: readonly (Identity | string | null)[]) {
  const keys = fixedKeys(...found)
  const world = { ...memoryWorld({ a: sealed }), keys }
  const { document } = await unlockPath('a', {}, world)
  return { document, read: keys.read }
}

describe('unlocking a file', () => {
  it.each([
    ['the first recipient', member],
    ['another recipient', second],
    ['a post-quantum recipient', hybrid],
  ])('takes the identity of %s', async (_, { identity }) => {
    expect((await unlock(identity)).document).toEqual(document)
  })

  it('looks at the places in order, and at none after the one that helped', async () => {
    expect((await unlock(null, 'not a key', stranger.identity, member.identity, second.identity)).read).toEqual([
      'place 1',
      'place 2',
      'place 3',
      'place 4',
    ])
  })

  it('tries every identity of a place', async () => {
    const text = [stranger, member].map(({ identity }) => identity.secret.reveal()).join('\n')
    expect((await unlock(text)).document).toEqual(document)
  })

  it('without a fitting identity names every place and what was there, and no key', async () => {
    const { code, file, message, hint } = await refusal(() =>
      unlock(null, 'hunter42', stranger.identity, `${stranger.identity.secret.reveal()}\nhunter42`),
    )
    expect([code, file, message]).toEqual([
      'no-identity',
      'a',
      'no identity at hand opens the file: it is encrypted to 3 age recipients',
    ])
    const lines = hint?.split('\n') ?? []
    expect(lines[0]).toBe('looked at')
    expect(lines[1]).toBe('  place 1: nothing there')
    expect(lines[2]).toMatch(/^ {2}place 2: line 1: /)
    expect(lines[3]).toBe('  place 3: 1 identity, not among the recipients')
    expect(lines[4]).toMatch(/^ {2}place 4: 1 identity, not among the recipients; line 2: /)
    expect(hint).not.toMatch(/hunter42|AGE-SECRET/)
  })

  it('says who else could open it', async () => {
    const kms =
      'sops_kms__list_0__map_arn=arn:aws:kms:x\nsops_kms__list_0__map_created_at=x\nsops_kms__list_0__map_enc=eA==\n'
    const file = textOf(sealed).replace(/^sops_lastmodified=/m, `${kms}$&`)
    const { message } = await refusal(() => unlockPath('a', {}, memoryWorld({ a: file })))
    expect(message).toMatch(/3 age recipients \(it is also encrypted to .*kms.*, which sops can open\)$/i)
  })

  it('passes on what a place warns of', async () => {
    const world = memoryWorld({ a: sealed })
    const text = member.identity.secret.reveal()
    const keys = { places: () => [{ name: 'my file', read: async () => ({ text, warning: 'it can be read by all' }) }] }
    await unlockPath('a', {}, { ...world, keys })
    expect(world.said).toEqual(['my file: it can be read by all'])
  })

  it('of a file that breaks the grammar asks for no key at all', async () => {
    const keys = fixedKeys(member.identity)
    const world = { ...memoryWorld({ a: 'A=1\n' }), keys }
    expect(await refusal(() => unlockPath('a', {}, world))).toMatchObject({ code: 'malformed', file: 'a' })
    expect(keys.read).toEqual([])
  })
})
