import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Pair, parsePairs, type RunnerOs } from './model/file-grammar.ts'

/** The pairs read before the end or the fault, and the fault. */
function read(text: string, os: RunnerOs = 'linux'): { pairs: Pair[]; error: string | null } {
  const pairs: Pair[] = []
  try {
    for (const pair of parsePairs(text, os)) pairs.push(pair)
    return { pairs, error: null }
  } catch (error) {
    return { pairs, error: (error as Error).message }
  }
}

describe('the grammar of command files', () => {
  it.each<[string, string, Pair[]]>([
    ['nothing', '', []],
    ['empty lines only', '\n\n', []],
    ['a pair', 'A=1\n', [['A', '1']]],
    ['a pair without a line feed', 'A=1', [['A', '1']]],
    ['an empty value', 'A=\n', [['A', '']]],
    ['more than one =', 'A=b=c\n', [['A', 'b=c']]],
    ['blanks, which belong to name and value', ' A = 1 \n', [[' A ', ' 1 ']]],
    ['a # that is no comment', '#A=1\n', [['#A', '1']]],
    ['an empty name before =', '=1\n', [['', '1']]],
    [
      '= before <<',
      'A=x<<EOF\nB=2\n',
      [
        ['A', 'x<<EOF'],
        ['B', '2'],
      ],
    ],
    ['<< before =', 'A<<E=F\n1\nE=F\n', [['A', '1']]],
    ['a heredoc', 'A<<EOF\nline one\nline two\nEOF\n', [['A', 'line one\nline two']]],
    ['a heredoc whose delimiter ends the file', 'A<<EOF\n1\nEOF', [['A', '1']]],
    ['an empty heredoc', 'A<<EOF\nEOF\n', [['A', '']]],
    ['a heredoc of one empty line', 'A<<EOF\n\nEOF\n', [['A', '']]],
    ['a heredoc of two empty lines', 'A<<EOF\n\n\nEOF\n', [['A', '\n']]],
    ['lines that only look like the delimiter', 'A<<EOF\n EOF\nEOF \nEOFX\nEOF\n', [['A', ' EOF\nEOF \nEOFX']]],
    ['a second << in the delimiter', 'A<<E<<F\n1\nE<<F\n', [['A', '1']]],
    [
      'pairs and << inside a heredoc',
      'A<<EOF\nB=2\nC<<X\nEOF\nD=4\n',
      [
        ['A', 'B=2\nC<<X'],
        ['D', '4'],
      ],
    ],
    [
      'the same name twice',
      'A=1\nA=2\n',
      [
        ['A', '1'],
        ['A', '2'],
      ],
    ],
    ['a lone CR, which ends no line', 'A=1\rB=2\n', [['A', '1\rB=2']]],
  ])('reads %s', (_, text, pairs) => {
    expect(read(text)).toEqual({ pairs, error: null })
  })

  it.each([
    ['a line without = or <<', 'A=1\nnonsense\nB=2\n', "Invalid format 'nonsense'"],
    [
      'a missing name',
      'A=1\n<<EOF\nx\nEOF\n',
      "Invalid format '<<EOF'. Name must not be empty and delimiter must not be empty",
    ],
    [
      'a missing delimiter',
      'A=1\nB<<\nx\n',
      "Invalid format 'B<<'. Name must not be empty and delimiter must not be empty",
    ],
    ['a heredoc without end', 'A=1\nB<<EOF\nx\n', "Invalid value. Matching delimiter not found 'EOF'"],
    ['a heredoc that the file ends in', 'A=1\nB<<EOF\nx', 'Invalid value. EOF marker missing new line.'],
    ['a delimiter glued to the value', 'A=1\nB<<EOF\nxEOF', 'Invalid value. EOF marker missing new line.'],
  ])('keeps what came before %s, and stops there', (_, text, error) => {
    expect(read(text)).toEqual({ pairs: [['A', '1']], error })
  })

  it('ends lines at CRLF on Windows only', () => {
    const text = 'A=1\r\nB<<EOF\r\nx\r\ny\nz\r\nEOF\r\n'
    expect(read(text, 'windows').pairs).toEqual([
      ['A', '1'],
      ['B', 'x\r\ny\nz'],
    ])
    expect(read(text, 'linux')).toEqual({
      pairs: [
        ['A', '1\r'],
        ['B', 'x\r\ny\nz\r'],
      ],
      error: null,
    })
    expect(read('A<<EOF\nx\nEOF\r\n', 'linux').error).toBe("Invalid value. Matching delimiter not found 'EOF'")
    expect(read('A<<EOF\nx\nEOF\r\n', 'windows').pairs).toEqual([['A', 'x']])
  })

  it('gives back any value that does not hold the delimiter as a line', () => {
    const value = fc.array(fc.constantFrom('a', '\n', '\r', '=', '<<', 'EOF', ' ', '')).map((parts) => parts.join(''))
    fc.assert(
      fc.property(value, fc.constantFrom<RunnerOs>('linux', 'macos', 'windows'), (text, os) => {
        fc.pre(!text.split(/\r?\n/).includes('EOF') && !(os === 'windows' && text.endsWith('\r')))
        expect(read(`A<<EOF\n${text}\nEOF\n`, os)).toEqual({ pairs: [['A', text]], error: null })
      }),
    )
  })
})
