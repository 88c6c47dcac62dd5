import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from '../../../src/core/report/printable.ts'
import { shellWord } from '../../../src/core/report/shell-word.ts'

describe('a path as one word of a shell', () => {
  it.runIf(process.platform !== 'win32')('is read back by a shell as the same path, with no option in front', () => {
    const path = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => printable(text) === text && text.isWellFormed())
    const hard = fc.constantFrom('$(id)', '`id`', '-rf', "it's", '"', '\\', '*', '~', '#x', 'a b', '!', '&& id', '--')
    const paths = fc.sample(fc.oneof(path, hard), 300)
    const script = paths.map((one) => `printf '%s\\0' ${shellWord(one)}`).join('\n')
    const read = execFileSync('sh', { input: script, encoding: 'utf8' }).split('\0').slice(0, -1)
    expect(read).toEqual(paths.map((one) => (one.startsWith('-') ? `./${one}` : one)))
  })

  it('is nothing when a person could not see what they paste', () => {
    expect(['a\nb', 'a\u001bb', 'a\u202eb', 'a\u200bb'].map(shellWord)).toEqual(['', '', '', ''])
  })
})

describe('a printable text', () => {
  it.each([
    ['plain größe 鍵', 'plain größe 鍵'],
    ['a\u001b[31mb', 'a\\x1b[31mb'],
    ['a\r\nb', 'a\\x0d\\x0ab'],
    ['a\u009bb', 'a\\x9bb'],
    ['evil\u202etxt.exe', 'evil\\u202etxt.exe'],
    ['\uFEFFa', '\\ufeffa'],
  ])('of %j', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })
})
