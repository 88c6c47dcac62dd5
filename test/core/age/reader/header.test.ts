import { describe, expect, it } from 'vitest'
import { parseHeader } from '../../../../src/core/age/reader/header.ts'

const MAC = Buffer.alloc(32, 1).toString('base64').slice(0, -1)
const BODY = Buffer.alloc(32, 2).toString('base64').slice(0, -1)

describe('the header of an age file', () => {
  it('is taken apart, and what follows it is the payload', () => {
    const text = file({ stanzas: [`-> X25519 share\n${BODY}`, `-> a b c\n${'A'.repeat(64)}\n`] })
    const header = parseHeader(Buffer.from(`${text}payload`))
    expect(header.stanzas).toEqual([
      { type: 'X25519', args: ['share'], body: Buffer.alloc(32, 2) },
      { type: 'a', args: ['b', 'c'], body: Buffer.alloc(48) },
    ])
    expect(Buffer.from(header.mac)).toEqual(Buffer.alloc(32, 1))
    expect(Buffer.from(header.payload).toString()).toBe('payload')
    expect(Buffer.from(header.bytes).toString()).toBe(text)
    expect(Buffer.from(header.authenticated).toString()).toBe(text.slice(0, text.indexOf('---') + 3))
  })

  it.each([
    ['nothing at all', '', 'is cut short'],
    ['another version', file({ version: 'age-encryption.org/v2' }), 'is not of version 1'],
    ['a version line that ends in CRLF', file({ version: 'age-encryption.org/v1\r' }), 'is not of version 1'],
    ['no stanza', file({ stanzas: [] }), 'has no stanza'],
    ['a stanza without a type', file({ stanzas: ['-> \n'] }), 'has a stanza with an invalid argument'],
    ['two spaces', file({ stanzas: ['-> a  b\n'] }), 'has a stanza with an invalid argument'],
    ['a control character', file({ stanzas: ['-> a\tb\n'] }), 'has a stanza with an invalid argument'],
    ['a character outside ASCII', file({ stanzas: ['-> a b\u00e9\n'] }), 'has a stanza with an invalid argument'],
    ['a body line of 65 columns', file({ stanzas: [`-> a\n${'A'.repeat(68)}`] }), 'has a stanza with an invalid body'],
    ['a padded body', file({ stanzas: [`-> a\n${BODY}=`] }), 'has a stanza with an invalid body'],
    ['a passphrase and another', file({ stanzas: ['-> scrypt a 18\n', '-> x\n'] }), 'mixes in a passphrase'],
    ['two passphrases', file({ stanzas: ['-> scrypt a 18\n', '-> scrypt b 18\n'] }), 'mixes in a passphrase'],
    [
      'a MAC of 31 bytes',
      file({ mac: Buffer.alloc(31).toString('base64').replace(/=*$/, '') }),
      'has no valid MAC line',
    ],
    ['a MAC without its space', file({}).replace('--- ', '---'), 'has no valid MAC line'],
    ['a MAC line without its end', file({}).slice(0, -1), 'is cut short'],
  ])('is refused with %s', (_, text, how) => {
    const message = `the header of the age file ${how}`
    expect(() => parseHeader(Buffer.from(text, 'latin1'))).toThrow(
      expect.objectContaining({ code: 'malformed', message }),
    )
  })
})

function file({ version = 'age-encryption.org/v1', stanzas = [`-> X25519 share\n${BODY}`], mac = MAC }): string {
  return `${[version, ...stanzas, `--- ${mac}`].join('\n')}\n`
}
