import { beforeAll, describe, expect, it } from 'vitest'
import type { Document, DotenvLine } from '../../../src/core/dotenv/document.ts'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { FILE_BYTES, VALUE_BYTES, VARIABLES } from '../../../src/core/envelope/limits.ts'
import { splitLines } from '../../../src/core/envelope/text/lines.ts'
import { bytesOf, codeOf, linesOf, type Member, newMember, open, seal } from '../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const named = (count: number, value = ''): Document =>
  Array.from({ length: count }, (_, index): DotenvLine => ({ kind: 'entry', name: `A${index}`, value }))

describe('docs/format.md section 1 bounds', () => {
  it('the variables, on writing and on reading, whatever else stands in the file', async () => {
    const most = await seal(named(VARIABLES), [member])
    expect((await open(most, member.identity)).variables.size).toBe(VARIABLES)
    expect(await codeOf(() => seal(named(VARIABLES + 1), [member]))).toBe('limit')
    const lines = linesOf(most)
    expect(await codeOf(() => parseEncryptedFile(bytesOf(['ONE_MORE=', ...lines, '', '', ''].join('\n'))))).toBe(
      'limit',
    )
  })

  it('one value, in bytes of UTF-8 and not in characters', async () => {
    for (const value of ['x'.repeat(VALUE_BYTES), 'é'.repeat(VALUE_BYTES / 2)]) {
      const bytes = await seal([{ kind: 'entry', name: 'A', value }], [member])
      expect((await open(bytes, member.identity)).variables.get('A')?.value).toBe(value)
      expect(await codeOf(() => seal([{ kind: 'entry', name: 'A', value: `${value}x` }], [member]))).toBe('limit')
    }
  })

  it('one value, on reading too, encrypted or plain', async () => {
    const lines = linesOf(await seal([], [member]))
    const plain = [`A_unencrypted=${'x'.repeat(VALUE_BYTES + 1)}`, ...lines, ''].join('\n')
    expect(await codeOf(() => open(bytesOf(plain), member.identity))).toBe('limit')
  })

  it('the file, so that nothing is written that could not be read back', async () => {
    const value = 'x'.repeat(VALUE_BYTES)
    const fits = await seal(named(46, value), [member])
    expect(fits.length).toBeLessThan(FILE_BYTES)
    expect((await open(fits, member.identity)).variables.size).toBe(46)
    expect(await codeOf(() => seal(named(48, value), [member]))).toBe('limit')
    const padded = Buffer.concat([bytesOf(`#${'x'.repeat(FILE_BYTES)}\n`), fits])
    expect(await codeOf(() => parseEncryptedFile(padded))).toBe('limit')
  })

  it('one wrapped key', async () => {
    const lines = linesOf(await seal([], [member]))
    const padded = lines.map((line) => (line.includes('_enc=') ? `${line}${' '.repeat(64 * 1024)}` : line))
    expect(await codeOf(() => open(bytesOf(`${padded.join('\n')}\n`), member.identity))).toBe('limit')
  })
})

describe('8 MiB of hostile lines', () => {
  it.each([
    ['line feeds', '\n'],
    ['comments', '#\n'],
    ['CR LF', '\r\n'],
    ['lines that end in CR', 'A\r'],
    ['one long name', 'A'],
    ['equals signs', '='],
    ['empty names', '=\n'],
    ['a name that repeats', 'A=\n'],
    ['escapes', 'A=\\n'],
    ['bytes of no text', '\x80'],
  ])('of %s are read or refused in seconds', (_, unit) => {
    const bytes = Buffer.alloc(FILE_BYTES, unit, 'latin1')
    const start = performance.now()
    try {
      splitLines(bytes, { anyName: true })
    } catch (error) {
      expect(error).toHaveProperty('code')
    }
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it.each([
    ['metadata', (index: number) => `sops_x__list_${index}=`],
    ['nested metadata', (index: number) => `sops_x${'__map_a'.repeat(15)}__map_${index}=`],
    ['digits of a wrapped key', (index: number) => `sops_age__list_${'1'.repeat(50)}${index}__map_enc=`],
    ['ciphertexts that never end', (index: number) => `A${index}=ENC[AES256_GCM,data:${'A'.repeat(1000)}`],
  ])('of %s are read or refused in seconds', (_, line) => {
    const count = Math.floor((FILE_BYTES - 2000) / (line(99_999).length + 1))
    const lines = Array.from({ length: count }, (_, index) => line(index))
    const start = performance.now()
    try {
      parseEncryptedFile(bytesOf([...lines, 'sops_mac=', ''].join('\n')))
    } catch (error) {
      expect(error).toHaveProperty('code')
    }
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  it('in one ciphertext are opened or refused in seconds', async () => {
    const { parseSealed } = await import('../../../src/core/envelope/values/sealed.ts')
    const start = performance.now()
    for (const text of ['ENC[AES256_GCM,data:', 'ENC[AES256_GCM,data:AAAA,iv:', 'ENC[', ''])
      for (const fill of ['A', '=', ',', 'data:'])
        expect(await codeOf(() => parseSealed(text + fill.repeat(FILE_BYTES / fill.length)))).toBe('malformed')
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})
