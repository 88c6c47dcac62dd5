import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { sealBox } from '../../src/core/sealed-box/seal.ts'
import { itWith } from '../peers.ts'
import { boxKeyOf, openBox } from '../support/open-box.ts'

/** A key in hexadecimal as its argument, lines of base64 in, lines of base64 out: one Python for all cases. */
const PROGRAM = `
import sys, base64
from nacl.public import PrivateKey, PublicKey, SealedBox
verb, key = sys.argv[1], bytes.fromhex(sys.argv[2])
box = SealedBox(PublicKey(key) if verb == 'encrypt' else PrivateKey(key))
for line in sys.stdin.read().split('\\n'):
    text = base64.b64decode(line)
    print(base64.b64encode(box.encrypt(text) if verb == 'encrypt' else box.decrypt(text)).decode())
`

function python(program: string, verb: 'encrypt' | 'decrypt', key: Uint8Array, cases: readonly Uint8Array[]): Buffer[] {
  const input = cases.map((bytes) => Buffer.from(bytes).toString('base64')).join('\n')
  const out = execFileSync(program, ['-c', PROGRAM, verb, Buffer.from(key).toString('hex')], {
    input,
    encoding: 'utf8',
  })
  return out
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => Buffer.from(line, 'base64'))
}

describe('libsodium', () => {
  const cases = [...fc.sample(fc.uint8Array({ maxLength: 200 }), 60), randomBytes(48 * 1024)]
  const expected = cases.map((bytes) => Buffer.from(bytes))

  itWith('python-nacl', 'opens the boxes that we seal', (program) => {
    const scalar = randomBytes(32)
    const { publicKey } = boxKeyOf(scalar)
    const sealed = cases.map((bytes) => sealBox(bytes, publicKey))
    expect(python(program!, 'decrypt', scalar, sealed)).toEqual(expected)
  })

  itWith('python-nacl', 'seals boxes that open as ours do', (program) => {
    const key = boxKeyOf(randomBytes(32))
    expect(python(program!, 'encrypt', key.publicKey, cases).map((box) => openBox(box, key))).toEqual(expected)
  })

  itWith('python-nacl', 'takes the top bit of a public key as we do', (program) => {
    const scalar = randomBytes(32)
    const key = boxKeyOf(scalar)
    const odd = { ...key, publicKey: Buffer.from(key.publicKey) }
    odd.publicKey[31]! |= 0x80
    const [box] = python(program!, 'encrypt', odd.publicKey, [Buffer.from('value')])
    expect(openBox(box!, odd).toString()).toBe('value')
    expect(openBox(sealBox(Buffer.from('value'), odd.publicKey), odd).toString()).toBe('value')
  })
})
