import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanLog } from '../../../../src/core/scan/leaks/clean-log.ts'

const clean = (text: string) => Buffer.from(cleanLog(Buffer.from(text))).toString()
const TIME = '2026-11-21T10:00:00.1234567Z'

it.each([
  ['the time of each line', `${TIME} a\n${TIME} b\n`, 'a\nb\n'],
  ['the time of an empty line', `${TIME} \r\n${TIME}\n`, '\n\n'],
  ['a byte order mark', `\ufeff${TIME} a\n`, 'a\n'],
  [
    'the marks of groups and of colours',
    `${TIME} ##[group]Run x\n${TIME} \u001b[36;1m##[debug]y\u001b[0m\n`,
    'Run x\ny\n',
  ],
  ['colours within a value', 'se\u001b[1;38;2;255;0;1mcr\u001b[met\n', 'secret\n'],
  ['the end of a colour as tput writes it', 'se\u001b(B\u001b[mcret\u001b(C\n', 'secret(C\n'],
  ['carriage returns at the ends of lines alone', 'a\r\nb\rc\n', 'a\nb\rc\n'],
])('takes away %s', (_, log, expected) => {
  expect(clean(log)).toBe(expected)
})

it.each([
  ['the text of a link', '\u001b]8;;https://a:b@c\u0007x', ']8;;https://a:b@c\u0007x'.slice(1)],
  ['a sequence without an end', '\u001b[secret', 'ecret'],
  ['what only looks like a time', '2026-11-21 10:00 a', '2026-11-21 10:00 a'],
  ['a mark in the middle of a line', 'a ##[group]b', 'a ##[group]b'],
  ['so many digits that they are no colour', `\u001b[${'7'.repeat(60)}m`, `${'7'.repeat(60)}m`],
])('keeps %s', (_, log, expected) => {
  expect(clean(log)).toBe(expected)
})

it('keeps every line where it was, whatever the log is', () => {
  const piece = fc.constantFrom(`${TIME} `, '##[', '##[x]', '\u001b', '[', ']', ';1m', '\r', '\n', '\ufeff', 'value')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const log = pieces.join('')
      expect(clean(log).split('\n')).toHaveLength(log.split('\n').length)
    }),
  )
})

it('finds a value however it was coloured and wherever the lines were cut', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), fc.boolean(), (parts, coloured) => {
      const log = parts.map((part) => `${TIME} ${coloured ? `\u001b[32m${part}\u001b[0m` : part}\r\n`).join('')
      expect(clean(log)).toBe(parts.map((part) => `${part}\n`).join(''))
    }),
  )
})

it('takes time in the size of the log alone', () => {
  const log = Buffer.from('\u001b['.repeat(2_000_000))
  const before = performance.now()
  cleanLog(log)
  expect(performance.now() - before).toBeLessThan(2000)
})
