import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitWords } from '../../../src/adapters/keys/words.ts'

describe('a command is split into words', () => {
  it.each([
    ['', []],
    ['  \t\r\n ', []],
    ['pass show age', ['pass', 'show', 'age']],
    ['  pass  show\n', ['pass', 'show']],
    [`sh -c 'cat "$HOME/key"'`, ['sh', '-c', 'cat "$HOME/key"']],
    [`op read "op://vault/a b"`, ['op', 'read', 'op://vault/a b']],
    [`a"b c"'d e'f`, ['ab cd ef']],
    [`a '' ""`, ['a', '', '']],
    [String.raw`a\ b \'c\" \\`, ['a b', `'c"`, '\\']],
    [String.raw`"a\"b\\c"`, [String.raw`a"b\c`]],
    [String.raw`'a\b'`, [String.raw`a\b`]],
    [`'#a' b#c # it's a comment\nd`, ['#a', 'b#c', 'd']],
    [String.raw`a\ #b`, ['a #b']],
    ['$HOME `id` $(id) a;b|c>d&', ['$HOME', '`id`', '$(id)', 'a;b|c>d&']],
  ])('%j', (command, words) => {
    expect(splitWords(command)).toEqual(words)
  })

  it.each([`a 'b`, `a "b`, `"a\\"`, 'a\\'])('but not when it is unfinished: %j', (command) => {
    expect(splitWords(command)).toBeNull()
  })

  it('into any words at all, once they are quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        const single = words.map((word) => `'${word.replaceAll(`'`, `'\\''`)}'`)
        const double = words.map((word) => `"${word.replaceAll(/["\\]/g, '\\$&')}"`)
        expect(splitWords(single.join(' '))).toEqual(words)
        expect(splitWords(double.join('\t'))).toEqual(words)
      }),
    )
  })

  it.skipIf(process.platform === 'win32')('where sh splits it too, as long as it expands nothing', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab'\\ ]{0,12}$/), (command) => {
        const words = splitWords(command)
        if (words === null || words.length === 0) return
        const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' })
        expect(printed.split('\0').slice(0, -1)).toEqual(words)
      }),
      { numRuns: 60 },
    )
  })

  it('in linear time', () => {
    for (const text of ['"'.repeat(100_001), '\\'.repeat(100_001), `"${'\\a'.repeat(50_000)}`, '# '.repeat(50_000)]) {
      const start = performance.now()
      splitWords(text)
      expect(performance.now() - start).toBeLessThan(1000)
    }
  })
})
