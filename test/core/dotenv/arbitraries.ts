import fc from 'fast-check'
import type { Document, DotenvLine } from '../../../src/core/dotenv/document.ts'

/** Pieces of text that mean something to some dotenv reader or to a shell, as well as any character but NUL. */
const SPECIAL = [
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\t',
  "'",
  '"',
  '`',
  '\\',
  '\\n',
  '#',
  ' #',
  '$',
  '${X}',
  '$(id)',
  '=',
  '!',
  '\u2028',
  '\uFEFF',
]
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...SPECIAL) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }).map((text) => text.replaceAll('\0', '')) },
  { weight: 1, arbitrary: fc.constantFrom('a', 'B7', 'export ', '-----BEGIN X-----') },
)

/** Any value that a variable can have. */
export const value: fc.Arbitrary<string> = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))

/** Names that never mean anything to a shell. */
export const name: fc.Arbitrary<string> = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,8}$/).map((text) => `V_${text}`)

const line: fc.Arbitrary<DotenvLine> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<DotenvLine>({ kind: 'blank' }) },
  { weight: 1, arbitrary: value.map((text): DotenvLine => ({ kind: 'comment', text: text.replace(/[\r\n]/g, '') })) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('entry' as const), name, value }) },
)

/** Any document that a reading can give. */
export const document: fc.Arbitrary<Document> = fc.uniqueArray(line, {
  maxLength: 8,
  selector: (each) => (each.kind === 'entry' ? each.name : Symbol()),
})

/** Text that is a dotenv file by halves: about one in two can be read. */
export const source: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.constantFrom('', ' ', 'export ', '\texport\t'), name, fc.constantFrom('=', ' = '), rightHandSide())
          .map((parts) => parts.join('')),
      },
      { weight: 2, arbitrary: value.map((text) => `#${text.replace(/[\r\n]/g, '')}`) },
      { weight: 2, arbitrary: fc.constantFrom('', ' ', '\t \t') },
      { weight: 1, arbitrary: value },
    ),
    { maxLength: 5 },
  )
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)))

function rightHandSide(): fc.Arbitrary<string> {
  const quoted = fc
    .tuple(fc.constantFrom("'", '"', '`'), value)
    .map(([quote, text]) => `${quote}${text.replaceAll(quote, '')}${quote}`)
  return fc
    .tuple(fc.oneof(quoted, value), fc.constantFrom('', '', ' ', '#', ' # c', 'x'))
    .map((parts) => parts.join(''))
}
