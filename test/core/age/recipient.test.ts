import { describe, expect, it } from 'vitest'
import { encodeBech32 } from '../../../src/core/age/bech32.ts'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'
import { parseRecipient, parseRecipients } from '../../../src/core/age/recipient.ts'
import { SealwardError } from '../../../src/core/errors.ts'

const alice = await newRecipient('x25519')
const bob = await newRecipient('x25519')
const quantum = await newRecipient('hybrid')

describe('a recipient', () => {
  it('is classical or post-quantum by its prefix', () => {
    expect(parseRecipient(alice)).toEqual({ kind: 'x25519', text: alice })
    expect(parseRecipient(quantum)).toEqual({ kind: 'hybrid', text: quantum })
  })

  it.each([
    ['an empty string', '', 'not an age recipient'],
    ['a word', 'alice', 'not an age recipient'],
    ['white space in front', ` ${alice}`, 'not an age recipient'],
    ['a line end behind', `${alice}\n`, 'not an age recipient'],
    ['upper case', alice.toUpperCase(), 'not an age recipient'],
    ['the bech32 of something else', encodeBech32('bc', new Uint8Array(32)), 'not an age recipient'],
    ['a mistyped character', exchange(alice, 20), 'a recipient has a wrong checksum'],
    ['a mistyped character in a post-quantum one', exchange(quantum, 900), 'a recipient has a wrong checksum'],
    ['a copy that was cut short', alice.slice(0, -3), 'a recipient has a wrong checksum'],
    ['31 bytes', encodeBech32('age', new Uint8Array(31)), 'a recipient has the wrong length'],
    [
      'a post-quantum prefix with 32 bytes',
      encodeBech32('age1pq', new Uint8Array(32)),
      'a recipient has the wrong length',
    ],
    ['an age plugin', encodeBech32('age1yubikey', new Uint8Array(33)), 'a recipient of an age plugin is not supported'],
    ['a tag', encodeBech32('age1tag', new Uint8Array(33)), 'a recipient of a hardware key (age1tag) is not supported'],
    [
      'a post-quantum tag',
      encodeBech32('age1tagpq', new Uint8Array(1249)),
      'a recipient of a hardware key (age1tag) is not supported',
    ],
    ['an SSH key', 'ssh-ed25519 AAAAC3Nza', 'an SSH key as a recipient is not supported'],
  ])('is refused when it is %s', (_, text, message) => {
    expect(refusal(() => parseRecipient(text))).toMatchObject({ code: 'recipient-invalid', message })
  })

  it.each(['x25519', 'hybrid'] as const)('never echoes a private key that was given instead (%s)', async (kind) => {
    const secret = (await generateIdentity(kind)).secret.reveal()
    for (const text of [secret, secret.toLowerCase(), `"${secret}"`, secret.slice(0, 40)]) {
      const { message, hint, stack } = refusal(() => parseRecipient(text))
      expect(message).toBe('a private key was given where a public recipient belongs')
      expect(`${message} ${hint} ${stack}`).not.toContain(text.slice(20, 30))
    }
  })
})

describe('a recipients file', () => {
  it('holds one a line, with comments, blank lines and line ends of either kind', () => {
    const file = `# the team\r\n${alice}\r\n\r\n  \n  # Bob\n\t${bob} \n${quantum}`
    expect(parseRecipients(file).map(({ text }) => text)).toEqual([alice, bob, quantum])
  })

  it('may be one comma-separated list, as in SOPS_AGE_RECIPIENTS', () => {
    expect(parseRecipients(`${alice}, ${bob},${quantum},`).map(({ text }) => text)).toEqual([alice, bob, quantum])
  })

  it('may start with a byte order mark', () => {
    expect(parseRecipients(`\uFEFF${alice}\n`)).toHaveLength(1)
    expect(parseRecipients('\uFEFF# nobody\n')).toEqual([])
  })

  it.each(['', '\n', '# nobody yet\n'])('may hold nobody: %j', (file) => {
    expect(parseRecipients(file)).toEqual([])
  })

  it('names the line of a fault and says what to do', () => {
    expect(refusal(() => parseRecipients(`# x\n${alice}\n${exchange(bob, 9)}\n`))).toMatchObject({
      code: 'recipient-invalid',
      line: 3,
      hint: 'it was mistyped or cut short: copy it again',
    })
    expect(refusal(() => parseRecipients(`${alice},,${bob} ${alice}`))).toMatchObject({ line: 1 })
  })

  it('is bounded', () => {
    expect(refusal(() => parseRecipients('#'.repeat(1024 * 1024 + 1)))).toMatchObject({ code: 'limit' })
  })
})

async function newRecipient(kind: 'x25519' | 'hybrid'): Promise<string> {
  return (await recipientOf(await generateIdentity(kind))).text
}

function exchange(text: string, index: number): string {
  return text.slice(0, index) + (text[index] === 'q' ? 'p' : 'q') + text.slice(index + 1)
}

function refusal(run: () => unknown): SealwardError {
  try {
    run()
  } catch (error) {
    if (error instanceof SealwardError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
