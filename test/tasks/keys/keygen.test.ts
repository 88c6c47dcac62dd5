import { describe, expect, it } from 'vitest'
import { parseIdentities, recipientOf } from '../../../src/core/age/identity.ts'
import { keygen, recipientsOfFile } from '../../../src/tasks/keys/keygen.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { newMember, refusal, textOf } from '../../support/sealing.ts'

describe.each(['x25519', 'hybrid'] as const)('making a key (%s)', (kind) => {
  it('gives its text and its recipient, which belong together', async () => {
    const { recipient, text } = await keygen({ kind }, memoryWorld({}))
    const { identities, skipped } = parseIdentities(text!.reveal())
    expect([identities.length, skipped]).toEqual([1, []])
    expect(await recipientOf(identities[0]!)).toEqual(recipient)
    expect(text!.reveal()).toMatch(/^# created: 2026-03-04T05:06:07Z\n# public key: age1.+\nAGE-SECRET-KEY-.+\n$/)
    expect(`${text} ${JSON.stringify({ text })}`).not.toContain('AGE-SECRET')
  })

  it('into a file gives the recipient alone, and the file gives it again', async () => {
    const world = memoryWorld({})
    const { recipient, text } = await keygen({ kind, output: 'key.txt' }, world)
    expect(text).toBeUndefined()
    expect(await recipientsOfFile('key.txt', world)).toEqual([recipient])
  })

  it('is another one each time', async () => {
    const world = memoryWorld({})
    const [one, two] = [await keygen({ kind }, world), await keygen({ kind }, world)]
    expect(one.recipient.text).not.toBe(two.recipient.text)
  })
})

describe('a key file', () => {
  it('is never overwritten', async () => {
    const world = memoryWorld({ 'key.txt': 'old' })
    expect((await refusal(() => keygen({ kind: 'x25519', output: 'key.txt' }, world))).code).toBe('exists')
    expect(textOf(world.contents.get('key.txt')!)).toBe('old')
  })

  it('is private', async () => {
    const modes: unknown[] = []
    const { clock, files, passphrases } = memoryWorld({})
    const write: typeof files.write = async (_path, _bytes, how) => void modes.push(how)
    await keygen({ kind: 'x25519', output: 'key.txt' }, { clock, passphrases, files: { ...files, write } })
    expect(modes).toEqual([{ mode: 0o600, exists: 'refuse', folders: true }])
  })

  it('may hold several keys, and is refused when it holds none or is missing', async () => {
    const members = [await newMember(), await newMember('hybrid')]
    const text = members.map(({ identity }) => identity.secret.reveal()).join('\n# and\n')
    const world = memoryWorld({ 'keys.txt': text, 'none.txt': 'AGE-SECRET-KEY-1WRONG\n' })
    expect(await recipientsOfFile('keys.txt', world)).toEqual(members.map(({ recipient }) => recipient))
    const { code, file, message } = await refusal(() => recipientsOfFile('none.txt', world))
    expect([code, file, message.includes('1WRONG')]).toEqual(['identity-invalid', 'none.txt', false])
    expect((await refusal(() => recipientsOfFile('missing', world))).code).toBe('not-found')
  })
})
