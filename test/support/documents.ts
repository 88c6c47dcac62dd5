import fc from 'fast-check'
import type { Document, DotenvLine } from '../../src/core/dotenv/document.ts'
import type { Rule } from '../../src/core/envelope/values/rule.ts'

/** Pieces that mean something to the format, to a dotenv reader or to UTF-8. */
const PIECES = [
  '\n',
  '\r',
  '\\',
  '\\n',
  '\\\\n',
  '"',
  "'",
  '`',
  '=',
  '#',
  ' ',
  '\t',
  '$X',
  '\0',
  'é',
  '日本',
  '🔑',
  '\u{feff}',
  '\u{2028}',
  'ENC[',
  'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]',
  'sops_mac=',
  'True',
  '8080',
]

const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
)

/** Any value: empty about one time in five. */
export const value: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 4, arbitrary: fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join('')) },
)

/** Names that each of the rules below divides. */
export const name: fc.Arbitrary<string> = fc
  .tuple(fc.stringMatching(/^[A-Fa-f_][A-F0-9_]{0,3}$/), fc.constantFrom('', '', '_unencrypted', '_secret'))
  .map(([stem, ending]) => `${stem}${ending}`)

/** Comments that the comment rules look for, and any others. */
const comment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', ' plain', ' plain: this one', ' secret', ' secret below', ' OLD=1'),
  value.map((text) => text.replace(/[\r\n]/g, '')),
)

const line: fc.Arbitrary<DotenvLine> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<DotenvLine>({ kind: 'blank' }) },
  { weight: 3, arbitrary: comment.map((text): DotenvLine => ({ kind: 'comment', text })) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('entry' as const), name, value }) },
)

/** Any document: comments, blank lines, and no name twice. */
export const document: fc.Arbitrary<Document> = fc.uniqueArray(line, {
  maxLength: 12,
  selector: (each) => (each.kind === 'entry' ? each.name : Symbol()),
})

/** All six rules. The expressions mean the same to RE2 and to JavaScript, and match no ciphertext: those hold no blank. */
export const rule: fc.Arbitrary<Rule> = fc.constantFrom<Rule>(
  { kind: 'unencrypted_suffix', pattern: '_unencrypted' },
  { kind: 'encrypted_suffix', pattern: '_secret' },
  { kind: 'unencrypted_regex', pattern: '^A|B_' },
  { kind: 'encrypted_regex', pattern: '(_secret|[0-9])$' },
  { kind: 'unencrypted_comment_regex', pattern: '^ plain' },
  { kind: 'encrypted_comment_regex', pattern: '^ secret' },
)

export function documentOf(values: Readonly<Record<string, string>>): Document {
  return Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }))
}

export function variablesOf(given: Document): Record<string, string> {
  return Object.fromEntries(given.flatMap((line) => (line.kind === 'entry' ? [[line.name, line.value]] : [])))
}

export function commentsOf(given: Document): string[] {
  return given.flatMap((line) => (line.kind === 'comment' ? [line.text] : []))
}
