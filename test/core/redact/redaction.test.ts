import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { redactionOf } from '../../../src/core/redact/redaction.ts'

describe('a redaction', () => {
  it('hides each form that is hidden in a log, also those that the runner makes by itself', () => {
    const value = `p'"&<${randomBytes(12).toString('hex')}>\\`
    const redaction = redactionOf({ secrets: [{ name: 'V', value }] })
    const base64 = (text: string) => Buffer.from(text).toString('base64')
    const forms = [
      value,
      JSON.stringify(value),
      JSON.stringify(JSON.stringify(value)),
      encodeURIComponent(value),
      base64(value),
      base64(`user:${value}`),
      base64(base64(`x${value}`)),
      base64(base64(`xy${value}`)),
      base64(base64(`xyz${value}`)),
      value.toUpperCase(),
      `'${value.replaceAll("'", "'\\''")}'`,
      value
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&apos;'),
    ]
    for (const form of forms) {
      const filter = redaction.open()
      const shown = Buffer.concat([filter.push(Buffer.from(form)), filter.end()]).toString()
      expect(shown.replace('***', '').length).toBeLessThan(form.length / 2)
    }
  })

  it('gives each stream a filter of its own', () => {
    const redaction = redactionOf({ secrets: [{ name: 'V', value: 'wxyz-1234' }] })
    const [one, other] = [redaction.open(), redaction.open()]
    const push = (filter: typeof one, text: string) => Buffer.from(filter.push(Buffer.from(text))).toString()
    expect([push(one, '(wxyz-'), push(other, '(1234)'), push(one, '1234)')]).toEqual(['(', '(1234)', '***)'])
  })

  it('says what it does not hide', () => {
    const secrets = [
      { name: 'PIN', value: '123x'.slice(0, 3) },
      { name: 'DEBUG', value: 'true' },
      { name: 'TOKEN', value: randomBytes(9).toString('hex') },
    ]
    expect(redactionOf({ secrets }).unmasked).toEqual([
      { name: 'PIN', why: 'number' },
      { name: 'DEBUG', why: 'boolean' },
    ])
  })
})
