import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parsePublicKey } from '../../../src/core/signature/ssh/public-key.ts'
import { verifySignature } from '../../../src/core/signature/verify.ts'

/**
 * Signatures of ssh-keygen (OpenSSH 9.2), as they are or with one thing altered: the verdict and its reason, the namespace and the one
 * listed key, an empty line, the signature, and the message.
 */
const folder = join(import.meta.dirname, '..', '..', 'vectors', 'signature')
const VECTOR =
  /^expect: (\S+)\n(?:why: (.*)\n)?namespace: (.*)\nsigner: (.*)\n\n([\s\S]*-----END \w+ SIGNATURE-----\r?\n)([\s\S]*)$/

describe('the test vectors', () => {
  const names = readdirSync(folder)

  it('are all there', () => expect(names.length).toBeGreaterThan(50))

  it.each(names)('%s ends as it says', (name) => {
    const [, expected, why, namespace, line, armored, message] = VECTOR.exec(readFileSync(join(folder, name), 'utf8'))!
    const key = parsePublicKey(line!)
    if (typeof key === 'string') throw new Error(key)
    const verdict = verifySignature({
      message: Buffer.from(message!),
      armored: armored!,
      namespace: namespace!,
      allowed: [{ name: 'alice', key }],
      now: new Date('2026-01-01T00:00:00Z'),
    })
    expect(verdict.kind).toBe(expected)
    expect('why' in verdict ? verdict.why : undefined).toBe(why)
    if (verdict.kind === 'good') expect(verdict).toMatchObject({ signer: 'alice', fingerprint: key.fingerprint })
  })
})
