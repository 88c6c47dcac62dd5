import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type BaselineEntry,
  newBaseline,
  parseBaseline,
  printBaseline,
  updateBaseline,
} from '../../../../src/core/scan/allow/baseline.ts'
import { baselineFingerprints } from '../../../../src/core/scan/allow/baseline-fingerprint.ts'
import { strengthOf } from '../../../../src/core/scan/allow/strength.ts'
import { identityOf } from '../../../../src/core/scan/engine/identity.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'
import { refusal } from '../../dotenv/reading.ts'
import { fillTemplate } from '../templates.ts'

const SALT = randomBytes(32)
const hex = (length: number) => randomBytes(length / 2).toString('hex')
const one = { rule: 'generic-password', file: 'a', fingerprint: hex(32), reason: 'old' }
const other = { rule: 'generic-token', file: 'b', fingerprint: hex(32), reason: 'made up', expires: '2027-01-31' }
const read = (text: string) => parseBaseline(Buffer.from(text), 'baseline.json')

const entry: fc.Arbitrary<BaselineEntry> = fc.record(
  {
    rule: fc.stringMatching(/^[a-z0-9-]{1,64}$/),
    file: fc.string({ unit: 'grapheme', maxLength: 40 }),
    fingerprint: fc.stringMatching(/^[0-9a-f]{32}$/),
    reason: fc.stringMatching(/^[a-z"\\ü ]{0,40}x$/),
    expires: fc.constant('2027-01-31'),
  },
  { requiredKeys: ['rule', 'file', 'fingerprint', 'reason'] },
)

describe('a baseline', () => {
  it('is read as it was printed, whatever is in it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ fingerprint }) => fingerprint }), (findings) => {
        const printed = printBaseline({ salt: SALT, findings })
        const again = read(printed)
        expect(again.findings.map((each) => ({ ...each }))).toEqual(
          findings.toSorted((first, second) => (first.fingerprint < second.fingerprint ? -1 : 1)),
        )
        expect(printBaseline(again)).toBe(printed)
        expect(printed.split('\n')).toHaveLength(findings.length === 0 ? 6 : findings.length + 7)
      }),
    )
  })

  it('has a finding on each line, and nothing of when and on which line', () => {
    const printed = printBaseline({ salt: SALT, findings: [other] })
    expect(printed).toBe(
      `{\n  "version": 1,\n  "salt": "${SALT.toString('base64')}",\n  "findings": [\n    { "rule": "generic-token", "file": "b", "fingerprint": "${other.fingerprint}", "reason": "made up", "expires": "2027-01-31" }\n  ]\n}\n`,
    )
  })

  const good = JSON.parse(printBaseline({ salt: SALT, findings: [one] })) as Record<string, unknown>
  it.each([
    ['is no JSON', 'not JSON <<<<<<< HEAD', 'is not JSON'],
    ['has an unknown key', { ...good, more: 1 }, 'unknown key'],
    ['has another version', { ...good, version: 2 }, 'version must be 1'],
    ['lacks the salt', { version: 1, findings: [] }, 'needs the key salt'],
    ['has a short salt', { ...good, salt: randomBytes(16).toString('base64') }, 'salt must be 32 bytes'],
    ['has no reason', { ...good, findings: [{ ...one, reason: ' ' }] }, 'findings[0].reason must be'],
    ['has a reason over two lines', { ...good, findings: [{ ...one, reason: 'a\nb' }] }, 'findings[0].reason must be'],
    ['lacks a reason', { ...good, findings: [{ ...one, reason: undefined }] }, 'needs the key reason'],
    ['has a long fingerprint', { ...good, findings: [{ ...one, fingerprint: hex(64) }] }, 'must be 32 hexadecimal'],
    ['has a day that is none', { ...good, findings: [{ ...one, expires: '2027-02-30' }] }, 'no calendar has'],
    ['has an entry twice', { ...good, findings: [one, one] }, 'has a fingerprint twice'],
  ])('that %s is refused', (_, given, message) => {
    const error = refusal(() => read(typeof given === 'string' ? given : JSON.stringify(given)))
    expect(error).toMatchObject({ code: 'policy-invalid', file: 'baseline.json' })
    expect(error.message).toContain(message)
  })

  it('says the line of an entry that is wrong', () => {
    const printed = printBaseline({ salt: SALT, findings: [one, other] }).replace('"reason": "made up"', '"reason": ""')
    const index = printed.split('\n').findIndex((line) => line.includes('"reason": ""'))
    expect(refusal(() => read(printed)).line).toBe(index + 1)
  })

  it('that is larger than 8 MiB is not read', () => {
    expect(refusal(() => parseBaseline(Buffer.alloc(8 * 1024 * 1024 + 1, 0x20), 'baseline.json'))).toMatchObject({
      code: 'limit',
      file: 'baseline.json',
    })
  })

  it('is not begun with a salt of another length', () => {
    expect(() => newBaseline(SALT.subarray(1))).toThrow(RangeError)
  })

  it('keeps the reasons of what stays, gives the new one to what is new, and drops what is gone', () => {
    const fresh = { rule: 'generic-token', file: 'c', fingerprint: hex(32) }
    const { findings } = updateBaseline(
      { salt: SALT, findings: [one, other] },
      [fresh, { ...other, file: 'moved' }],
      'new',
    )
    expect(new Map(findings.map((each) => [each.fingerprint, each]))).toEqual(
      new Map([
        [fresh.fingerprint, { ...fresh, reason: 'new' }],
        [other.fingerprint, { ...other, file: 'moved' }],
      ]),
    )
  })

  it('does not change when one of several places of a secret is named already', () => {
    const before = { salt: SALT, findings: [one] }
    expect(updateBaseline(before, [{ ...one, file: '0' }, one], 'new')).toEqual(before)
  })

  it.each(['', '  ', 'a\nb'])('is not updated with the reason %j', (reason) => {
    expect(refusal(() => updateBaseline(newBaseline(SALT), [one], reason)).code).toBe('usage')
  })
})

const TOKEN = fillTemplate('{b62:40}', Math.random)

/** Fingerprints of the texts in << >> of a file, in order. */
async function prints(marked: string, { file = 'f', salt = SALT as Uint8Array } = {}) {
  const places: { start: number; end: number }[] = []
  const plain = marked.replace(/<<(.*?)>>/g, (_, secret: string, at: number) => {
    const start = at - places.length * 4
    places.push({ start, end: start + secret.length })
    return secret
  })
  const text = new ScanText(Buffer.from(plain))
  const hits = await Promise.all(
    places.map(async (place) => {
      const detection = { rule: 'r', ...place, severity: 'low', confidence: 'low', shown: 0, reasons: [] } as const
      return { finding: { rule: 'r', file, message: '' }, fingerprint: await identityOf(text, detection), place }
    }),
  )
  return baselineFingerprints({ file, text, hits }, salt)
}

describe('the fingerprint of a baseline', () => {
  it('of a strong secret is the same on any line of any file, and another for another secret or salt', async () => {
    const [print] = await prints(`key = "<<${TOKEN}>>"`)
    expect(print).toMatch(/^[0-9a-f]{32}$/)
    expect(await prints(`\n\nother: <<${TOKEN}>>`, { file: 'g' })).toEqual([print])
    expect(await prints(`key = "<<${fillTemplate('{b62:40}', Math.random)}>>"`)).not.toEqual([print])
    expect(await prints(`key = "<<${TOKEN}>>"`, { salt: randomBytes(32) })).not.toEqual([print])
  })

  it('of a weak secret holds nothing of it: every other weak one at its place has the same', async () => {
    const words = fc.stringMatching(/^[a-z]{4,8}[0-9]{0,4}$/)
    await fc.assert(
      fc.asyncProperty(words, words, async (first, second) => {
        expect(await prints(`password: <<${first}>>`)).toEqual(await prints(`password: <<${second}>>`))
      }),
    )
  })

  it('of a weak secret is bound to file, name and count', async () => {
    const [print] = await prints('password: <<hunter2>>')
    expect(await prints('\n\n# new\n    password:   "<<hunter2>>"')).toEqual([print])
    for (const differs of [prints('passwd: <<hunter2>>'), prints('password: <<hunter2>>', { file: 'g' })])
      expect(await differs).not.toEqual([print])
    const [first, second] = await prints('password: <<hunter2>>\npassword: <<hunter2>>')
    expect(first).toBe(print)
    expect(second).not.toBe(print)
  })

  it('never takes another secret for the name', async () => {
    const [, after] = await prints('<<hunter2>>:<<secret1>>')
    const [, same] = await prints('<<others3>>:<<secret1>>')
    expect(after).toBe(same)
  })

  it('is none for a finding about a whole file', async () => {
    const text = new ScanText(Buffer.from('A=1'))
    const hit = { finding: { rule: 'plaintext-dotenv', file: 'f', message: '' }, fingerprint: 'x' }
    expect(await baselineFingerprints({ file: 'f', text, hits: [hit] }, SALT)).toEqual([null])
  })
})

describe('the strength of a secret', () => {
  it.each([
    'hunter2',
    'Tr0ub4dor&3',
    'correct-horse-battery',
    'Password2024!Password2024!',
    '1'.repeat(400),
    'ab'.repeat(90),
    '1984010119840102198301031982010419830506',
  ])('%s can be guessed', (secret) => {
    expect(strengthOf(secret)).toBeLessThan(80)
  })

  it.each(['{b62:40}', '{hex:64}', '{b64:44}'])('%s cannot', (template) => {
    for (let run = 0; run < 200; run += 1)
      expect(strengthOf(fillTemplate(template, Math.random))).toBeGreaterThanOrEqual(80)
  })
})
