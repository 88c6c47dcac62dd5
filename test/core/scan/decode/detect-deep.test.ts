import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { detectDeep } from '../../../../src/core/scan/decode/detect-deep.ts'
import { ESCAPE_LITERALS } from '../../../../src/core/scan/decode/escapes.ts'
import { PRIVATE_KEYS } from '../../../../src/core/scan/engine/private-keys.ts'
import { compileRules, type Finder } from '../../../../src/core/scan/engine/rule-set.ts'
import { ScanText } from '../../../../src/core/scan/engine/scan-text.ts'
import { ANY_FILE, MARKED, randomText, textOf } from '../engine/samples.ts'

const GUESS: Finder = {
  literals: ['password=', 'url='],
  inDecoded: (rule) => rule === 'url',
  find: (text, hits) =>
    hits.map((hit) => ({
      rule: text.slice(hit, hit + 3) === 'url' ? 'url' : 'guess',
      start: hit,
      end: text.lineEnd(hit),
      severity: 'high',
      confidence: 'medium',
      shown: 0,
      reasons: [],
    })),
}
const RULES = compileRules({ tokens: [MARKED], finders: [PRIVATE_KEYS, GUESS], escapes: ESCAPE_LITERALS })

const token = `mkd_${randomText(30)}`
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64')

function lines(text: string, width: number, indent: string): string {
  return (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).map((line) => `${indent}${line}`).join('\n')
}

function everyUnit(text: string, unit: (hex: string) => string): string {
  return Array.from(text, (character) => unit(character.charCodeAt(0).toString(16).padStart(2, '0'))).join('')
}

describe('a token is found', () => {
  const config = `user: deploy\ntoken: ${token}\nregion: eu-central-1\n`.repeat(2)

  it.each([
    ['base64', 'in base64', base64(`t=${token}`)],
    ['base64', 'in base64 without padding', base64(`to=${token}`).replace(/=+$/, '')],
    ['base64', 'in base64url', Buffer.from(`?>?>~~\u00ff${token}`).toString('base64url')],
    ['base64', 'alone in base64', base64(token)],
    ['base64', 'in base64 behind letters that are not part of it', `data/${base64(`token = ${token}`)}`],
    ['base64', 'in wrapped base64', lines(base64(config), 64, '')],
    ['base64', 'in indented base64 of 76', lines(base64(config), 76, '      ')],
    ['base64', 'in base64 with CRLF', lines(base64(config), 64, '').replaceAll('\n', '\r\n')],
    ['base64', 'in base64 in a string with \\n', lines(base64(config), 64, '').replaceAll('\n', '\\n')],
    ['base64', 'in base64 of UTF-16', Buffer.from(`x=${token}`, 'utf16le').toString('base64')],
    ['base64', 'in base64 with letters beyond ASCII', base64(`gru\u00df \u00e4\u00f6\u00fc: ${token}`)],
    ['hexadecimal', 'in hexadecimal', Buffer.from(token).toString('hex')],
    ['hexadecimal', 'in upper-case hexadecimal', Buffer.from(token).toString('hex').toUpperCase()],
    ['escapes', 'in percent-encoding', everyUnit(token, (hex) => `%${hex}`)],
    ['escapes', 'in \\x escapes', everyUnit(token, (hex) => `\\x${hex}`)],
    ['escapes', 'in \\u escapes', everyUnit(token, (hex) => `\\u00${hex}`)],
    ['escapes', 'with one character escaped', token.replace('_', '\\u005f')],
    ['gzip in base64', 'in gzip in base64', base64(gzipSync(config))],
  ])('(%s) %s', async (encoding, _, encoded) => {
    const text = textOf(`first: line\nvalue: "${encoded}"\nlast: line\n`)
    const { detections, complete } = await detectDeep(text, ANY_FILE, RULES)
    expect(detections.map(({ rule }) => rule)).toEqual(['marked'])
    const [{ start, end, shown, reasons } = { start: 0, end: 0, shown: 1, reasons: [] }] = detections
    expect([complete, shown, reasons.at(-1)]).toEqual([true, 0, `decoded from ${encoding}`])
    expect(text.lineOf(start)).toBe(2)
    expect(encoded).toContain(text.slice(start, end))
    expect(end - start).toBeGreaterThan(encoded.length * 0.8)
  })

  it('two levels deep and no deeper', async () => {
    const found = async (encoded: string) => (await detectDeep(textOf(encoded), ANY_FILE, RULES)).detections.length
    const twice = base64(`data: ${base64(`t: ${token}`)}`)
    expect(await found(twice)).toBe(1)
    expect(await found(base64(`value=${base64(gzipSync(config))}`))).toBe(1)
    expect(await found(base64(`data: ${twice}`))).toBe(0)
    expect(await found(base64(`data: ${base64(`data: ${twice}`)}`))).toBe(0)
  })

  it('once where it stands in plain text with an escape beside it', async () => {
    const { detections } = await detectDeep(textOf(`"a\\u003d${token}\\x22"`), ANY_FILE, RULES)
    expect(detections.map(({ reasons }) => reasons.length)).toEqual([1])
  })

  it('and wins over a guess about the encoded text', async () => {
    const { detections } = await detectDeep(textOf(`password=${base64(token)}`), ANY_FILE, RULES)
    expect(detections.map(({ rule }) => rule)).toEqual(['marked'])
  })
})

describe('in decoded text', () => {
  it('only what a finder stands for counts', async () => {
    const { detections } = await detectDeep(textOf(base64('password=something and url=something')), ANY_FILE, RULES)
    expect(detections.map(({ rule }) => rule)).toEqual(['url'])
  })

  it('nothing is found in digests, random keys and pictures', async () => {
    const noise = [16, 32, 48, 64, 600].flatMap((size) => [
      randomBytes(size).toString('hex'),
      randomBytes(size).toString('base64'),
    ])
    const { detections, complete } = await detectDeep(textOf(noise.join('\n')), ANY_FILE, RULES)
    expect([detections, complete]).toEqual([[], true])
  })

  it('nothing is found where escapes stand for bytes that nobody reads', async () => {
    const rulesIn = async (escaped: string) =>
      (await detectDeep(textOf(escaped), ANY_FILE, RULES)).detections.map(({ rule }) => rule)
    expect(await rulesIn('"%61%62%63%75rl=something"')).toEqual(['url'])
    expect(await rulesIn('"%61%00%01%02%03%04%05%06%75rl=something"')).toEqual([])
  })

  it('something that only begins like gzip is nothing', async () => {
    const { detections, complete } = await detectDeep(textOf(`H4sI${randomText(200)}`), ANY_FILE, RULES)
    expect([detections, complete]).toEqual([[], true])
  })

  it('never throws on random bytes, encoded or not', async () => {
    const bytes = fc.uint8Array({ maxLength: 300 })
    await fc.assert(
      fc.asyncProperty(bytes, fc.constantFrom('latin1', 'base64', 'hex'), async (data, encoding) => {
        const text = textOf(Buffer.from(data).toString(encoding as BufferEncoding))
        expect((await detectDeep(text, ANY_FILE, RULES)).complete).toBe(true)
      }),
    )
  })
})

describe('a hostile text', () => {
  it('with a gzip bomb is not unpacked, is said not to be complete, and hides nothing behind it', async () => {
    const bomb = base64(gzipSync(Buffer.alloc(64 * 1024 * 1024)))
    const text = textOf(`${bomb}\n${bomb}\n${bomb}\n\n# ${base64(`t=${token}`)}\n`)
    const start = performance.now()
    const { detections, complete } = await detectDeep(text, ANY_FILE, RULES)
    expect([detections.length, complete]).toEqual([1, false])
    expect(performance.now() - start).toBeLessThan(1000)
  })

  it('of many begun gzip streams is said not to be complete', async () => {
    const packed = base64(gzipSync(`token: ${token}\n`))
    const packedAfter = (count: number) =>
      detectDeep(textOf(`${`H4sI${'A'.repeat(40)} `.repeat(count)}${packed}`), ANY_FILE, RULES)
    expect(await packedAfter(99)).toMatchObject({ detections: [{ rule: 'marked' }], complete: true })
    expect(await packedAfter(100)).toMatchObject({ detections: [], complete: false })
  })

  it('of more than may be decoded is said not to be complete', async () => {
    const long = await detectDeep(textOf(base64('just text '.repeat(800_000))), ANY_FILE, RULES)
    expect([long.detections.length, long.complete]).toEqual([0, false])
  })

  it.each([
    ['one literal', () => Buffer.from('mkd_')],
    ['a literal that can begin a token', () => Buffer.from('mkd_-')],
    ['many words', () => Buffer.from('password=\n')],
    ['begin lines', () => Buffer.from('-----BEGIN PRIVATE KEY-----')],
    ['base64 of text', () => Buffer.from(base64('some text, '.repeat(3)))],
    ['pieces of base64', () => Buffer.from(`${base64('some text in pieces')} `)],
    ['wrapped base64', () => Buffer.from(`${base64('eighteen letters..')}\n`)],
    ['base64 that shows no text', () => Buffer.from(`${'/+'.repeat(20)} `)],
    ['escapes', () => Buffer.from('%2f\\u002f')],
    ['escapes apart', () => Buffer.from('%2f ')],
    ['line feeds', () => Buffer.from('\n')],
    ['NULs', () => Buffer.from('\0')],
    ['begun gzip', () => Buffer.from(`H4sI${'A'.repeat(40)} `)],
  ])('of %s takes time in proportion to its length', async (_, unit) => {
    const time = async (size: number) => {
      const text = Buffer.alloc(size, unit())
      const start = performance.now()
      await detectDeep(new ScanText(text), ANY_FILE, RULES)
      return performance.now() - start
    }
    await time(64 * 1024)
    const small = Math.max(20, await time(256 * 1024))
    expect((await time(2 * 1024 * 1024)) / small).toBeLessThan(32)
  })
})
