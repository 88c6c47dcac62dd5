/** How a language spells a name of several words. */
export type NameStyle = 'camel' | 'pascal' | 'snake' | 'upper' | 'kebab' | 'dot' | 'flat' | 'title'

/** How a character that would end a literal is written: before a backslash, twice, as an entity, or not at all. */
export type Escape = 'backslash' | 'double' | 'entity' | 'none'

/** Other notations a file of this kind may hold as they are; productions of their own speak them. */
export type Trait =
  | 'commands'
  | 'statements'
  | 'http'
  | 'kubernetes'
  | 'kubeconfig'
  | 'docker-auth'
  | 'armour'
  | 'members'
  | 'pinned'
  | 'bytes'
  | 'ansible'
  | 'translations'
  | 'lock'
  | 'mappings'
  | 'minified'

/**
 * A language or file format, as tables of templates. In a template `%n` is a name in the language's style, `%N` the
 * same in Pascal case, `%E` in upper case, `%v` a value as a literal or expression, `%r` a value as it is, `%k` a key,
 * `%t` and `%T` a part of a program, `%w` and `%W` a noun, `%f` a verb, `%u` an account, `%h` a machine, `%D` a domain,
 * `%d` a number, `%i` a digit, `%c` a sentence. A line feed starts a new line of the file.
 */
export type Dialect = {
  readonly id: string
  readonly paths: readonly string[]
  readonly opening?: readonly string[]
  readonly closing?: readonly string[]
  readonly indents?: readonly string[]
  /** A comment around `%c`; null where the format has none. */
  readonly comment: string | null
  readonly styles: readonly NameStyle[]
  /** Opening quotes with their prefix, the last character also closes. An empty one stands for an unquoted value. */
  readonly quotes: readonly string[]
  readonly escape: Escape
  /** Which values may go without quotes where a quote may be empty. */
  readonly bare?: RegExp
  /** Where a name and a value meet. */
  readonly sites: readonly string[]
  /** The same, kept for the hidden half. */
  readonly hiddenSites: readonly string[]
  /** Keys that are no identifiers, such as header names. */
  readonly entries: readonly string[]
  /** Calls that take a password without naming it. */
  readonly calls: readonly string[]
  readonly expressions: readonly string[]
  /** Whole lines that speak of secrets and hold none. */
  readonly mentions: readonly string[]
  readonly filler: readonly string[]
  /** A string over several lines. */
  readonly block?: { readonly opening: string; readonly indent: string; readonly closing: string }
  readonly traits?: readonly Trait[]
  /** How many cases a file holds, where it is not the usual number. */
  readonly cases?: readonly [low: number, high: number]
  /** The part of its cases that are secrets, where it is not the usual third. */
  readonly share?: number
}
