import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newDataKey, recipientWarnings, unwrapWith, wrapForAll } from '../../../../src/core/envelope/keys/data-key.ts'
import { codeOf, newMember } from '../../../support/sealing.ts'

describe('the data key', () => {
  it('is 32 bytes, each time others', () => {
    expect(newDataKey()).toHaveLength(32)
    expect(newDataKey()).not.toEqual(newDataKey())
  })

  it('is wrapped for each recipient in a file of its own', async () => {
    const members = [await newMember(), await newMember()]
    const dataKey = randomBytes(32)
    const wrapped = await wrapForAll(
      dataKey,
      members.map(({ recipient }) => recipient),
    )
    expect(wrapped.map(({ recipient }) => recipient)).toEqual(members.map(({ recipient }) => recipient.text))
    for (const [index, { identity }] of members.entries()) {
      expect(Buffer.from((await unwrapWith([wrapped[index]!], identity))!)).toEqual(dataKey)
      expect(await unwrapWith([wrapped[1 - index]!], identity)).toBeNull()
      expect(wrapped[index]!.armored).toMatch(/-----END AGE ENCRYPTED FILE-----\n$/)
    }
  })

  it('is looked for under the own name first, so that a broken wrapping of somebody else does not matter', async () => {
    const member = await newMember()
    const own = (await wrapForAll(randomBytes(32), [member.recipient]))[0]!
    const broken = { recipient: 'age1other', armored: 'broken' }
    expect(await unwrapWith([broken, own], member.identity)).not.toBeNull()
    expect(await codeOf(() => unwrapWith([broken], member.identity))).toBe('malformed')
  })

  it('is found although the name beside it is wrong, for nothing proves that name', async () => {
    const [member, other] = [await newMember(), await newMember()]
    const [own, others] = await wrapForAll(randomBytes(32), [member.recipient, other.recipient])
    const swapped = [
      { recipient: own!.recipient, armored: others!.armored },
      { recipient: others!.recipient, armored: own!.armored },
    ]
    expect(await unwrapWith(swapped, member.identity)).not.toBeNull()
  })
})

describe('a set of recipients', () => {
  it('is warned about when classical and post-quantum ones are mixed, and not otherwise', async () => {
    const [classical, hybrid] = [(await newMember()).recipient, (await newMember('hybrid')).recipient]
    expect(recipientWarnings([classical, hybrid])).toHaveLength(1)
    expect(recipientWarnings([classical, classical])).toEqual([])
    expect(recipientWarnings([hybrid])).toEqual([])
    expect(recipientWarnings([])).toEqual([])
  })
})
