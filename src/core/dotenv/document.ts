/** One line of a .env as it is meant, not as it is spelled. `value` is the logical value: quotes removed, escapes resolved. */
export type DotenvLine =
  | { readonly kind: 'blank' }
  | { readonly kind: 'comment'; readonly text: string } // what follows '#', leading space kept
  | { readonly kind: 'entry'; readonly name: string; readonly value: string }

/** A whole .env in order. Within one document a name occurs once. */
export type Document = readonly DotenvLine[]

/** The lines that set a variable. */
export type DotenvEntry = Extract<DotenvLine, { kind: 'entry' }>

/** The names that every shell, runner and container accepts. docs/dotenv.md section 3. */
export const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** The bounds of docs/dotenv.md section 5. Beyond them, except beyond `valueWarnBytes`, the code is `limit`. */
export const LIMITS = {
  fileBytes: 8 * 1024 * 1024,
  names: 20_000,
  valueBytes: 128 * 1024,
  valueWarnBytes: 32 * 1024,
} as const

/** The variables of a document, in its order. */
export function entriesOf(document: Document): readonly DotenvEntry[] {
  return document.filter((line) => line.kind === 'entry')
}
