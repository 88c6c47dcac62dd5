import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { generateIdentity } from '../../../../src/core/age/identity.ts'
import type { Detection } from '../../../../src/core/scan/detection.ts'
import { detect } from '../../../../src/core/scan/engine/engine.ts'
import { identityOf } from '../../../../src/core/scan/engine/identity.ts'
import { besides, withoutOverlaps } from '../../../../src/core/scan/engine/overlap.ts'
import { PAIR_RULES } from '../../../../src/core/scan/engine/pairs.ts'
import { previewOf } from '../../../../src/core/scan/engine/preview.ts'
import { PRIVATE_KEYS } from '../../../../src/core/scan/engine/private-keys.ts'
import { compileRules } from '../../../../src/core/scan/engine/rule-set.ts'
import { MAX_LINE_REACH } from '../../../../src/core/scan/engine/scan-text.ts'
import { openSshKey } from '../../../support/private-keys.ts'
import { ANY_FILE, KEY_ID, MARKED, named, randomKeyId, randomText, textOf } from './samples.ts'

function detection(start: number, end: number, given: Partial<Detection> = {}): Detection {
  return { rule: 'any', start, end, severity: 'high', confidence: 'medium', shown: 0, reasons: [], ...given }
}

describe('a text', () => {
  const text = textOf('one\ntwo\n\nfour')

  it('has lines', () => {
    expect([0, 3, 4, 7, 8, 9, 12].map((at) => text.lineOf(at))).toEqual([1, 1, 2, 2, 3, 4, 4])
    expect([0, 3, 4, 8, 12].map((at) => text.slice(text.lineStart(at), text.lineEnd(at)))).toEqual([
      'one',
      'one',
      'two',
      '',
      'four',
    ])
  })

  it('has nothing outside of it', () => {
    expect([text.slice(-5, 2), text.slice(11, 99), text.slice(5, 3), text.code(-1), text.code(13)]).toEqual([
      'on',
      'ur',
      '',
      -1,
      -1,
    ])
  })

  it('looks for the ends of a line only so far', () => {
    const long = textOf('x'.repeat(5 * MAX_LINE_REACH))
    const at = 2 * MAX_LINE_REACH
    expect([long.lineStart(at), long.lineEnd(at)]).toEqual([at - MAX_LINE_REACH, at + MAX_LINE_REACH])
  })
})

describe('a pair', () => {
  const set = compileRules({ tokens: [KEY_ID], pairs: PAIR_RULES })
  const id = randomKeyId()
  const secret = randomText(40)
  const find = (characters: string) => {
    const text = textOf(characters)
    return named(text, detect(text, ANY_FILE, set))
  }

  it('is an id with a secret near it, in either order', () => {
    const behind = find(`aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`)
    expect(behind).toEqual([`aws-access-key ${id}`, `aws-key-pair ${secret}`])
    expect(find(`secret: "${secret}"\nid: "${id}"`)).toEqual([`aws-key-pair ${secret}`, `aws-access-key ${id}`])
  })

  it.each([
    ['a digest', randomBytes(20).toString('hex')],
    ['longer', randomText(41)],
    ['shorter', randomText(39)],
    ['far away', `${' '.repeat(400)}${secret}`],
    ['the one of the documentation', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
  ])('is none when the other half is %s', (_, other) => {
    expect(find(`${id} ${other}`)).toEqual([`aws-access-key ${id}`])
  })

  it('is critical, and nothing of it is shown', () => {
    const { detections } = detect(textOf(`${id}:${secret}`), ANY_FILE, set)
    expect(detections[1]).toMatchObject({ rule: 'aws-key-pair', severity: 'critical', shown: 0 })
  })
})

describe('a private key', () => {
  const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const set = compileRules({ tokens: [], finders: [PRIVATE_KEYS] })

  it('is found whole, once', () => {
    const text = textOf(`# a key\n${key}\n-----BEGIN PUBLIC KEY-----\n${key}`)
    const result = detect(text, ANY_FILE, set)
    expect(named(text, result)).toEqual([`private-key ${key.trim()}`, `private-key ${key.trim()}`])
    expect(result.detections[0]).toMatchObject({ severity: 'critical', confidence: 'high', shown: 0 })
  })

  it('is less urgent under a passphrase', () => {
    const text = textOf(openSshKey('aes256-ctr'))
    expect(detect(text, ANY_FILE, set).detections).toMatchObject([{ rule: 'private-key', severity: 'medium' }])
  })

  it('of age is the identity alone', async () => {
    const { secret } = await generateIdentity('x25519')
    const text = textOf(`# mine\n${secret.reveal()} and more`)
    expect(named(text, detect(text, ANY_FILE, set))).toEqual([`private-key ${secret.reveal()}`])
  })

  it('is the same secret with other line ends, indented, and in a string', async () => {
    const bare = key.trim()
    const forms = [bare, bare.replaceAll('\n', '\r\n'), bare.replaceAll('\n', '\n    '), bare.replaceAll('\n', '\\n')]
    const identities = forms.map((form) => {
      const text = textOf(form)
      return identityOf(text, detect(text, ANY_FILE, set).detections[0] as Detection)
    })
    expect(new Set(await Promise.all(identities)).size).toBe(1)
  })
})

describe('an identity', () => {
  const text = textOf('one two one')

  it('is of the rule and the secret, not of the place', async () => {
    const first = await identityOf(text, detection(0, 3))
    expect(await identityOf(text, detection(8, 11))).toBe(first)
    expect(await identityOf(text, detection(4, 7))).not.toBe(first)
    expect(await identityOf(text, detection(0, 3, { rule: 'other' }))).not.toBe(first)
  })
})

describe('a preview', () => {
  it('is the public beginning and no more', () => {
    const text = textOf(`mkd_${randomText(24)}`)
    const [found] = detect(text, ANY_FILE, compileRules({ tokens: [MARKED] })).detections
    expect(previewOf(text, found as Detection)).toBe('mkd_\u2026')
  })

  it.each([
    [0, '\u2026'],
    [4, 'abcd\u2026'],
    [99, 'abcdef\u2026'],
    [-1, '\u2026'],
  ])('of %i public characters is %s', (shown, expected) => {
    expect(previewOf(textOf('abcdefghijklmnopqrstuvwxyz'), detection(0, 26, { shown }))).toBe(expected)
  })

  it('is never most of a short secret, and never a control character', () => {
    expect(previewOf(textOf('abcdef'), detection(0, 6, { shown: 6 }))).toBe('ab\u2026')
    expect(previewOf(textOf('\u001b[31mabcdefghijklmnop'), detection(0, 20, { shown: 6 }))).toBe('\u2026')
  })
})

describe('overlapping detections', () => {
  it('leave the longest', () => {
    const spans = [detection(0, 10), detection(5, 8), detection(9, 30), detection(30, 31), detection(40, 41)]
    expect(withoutOverlaps(spans).map(({ start }) => start)).toEqual([9, 30, 40])
  })

  it('leave the surer of two that are equally long', () => {
    const spans = [detection(0, 5, { confidence: 'low' }), detection(0, 5, { confidence: 'high' })]
    expect(withoutOverlaps(spans)[0]?.confidence).toBe('high')
  })

  it('give way to what is taken', () => {
    const taken = [detection(0, 5), detection(10, 20)]
    const others = [detection(4, 6), detection(5, 10), detection(19, 21), detection(20, 22), detection(0, 99)]
    expect(besides(taken, others).map(({ start }) => start)).toEqual([5, 20])
  })
})
