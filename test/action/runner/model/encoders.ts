/**
 * The eleven forms of a secret that the runner registers by itself besides the secret. Each is applied to the value alone:
 * the runner does not chain them. An empty result registers nothing.
 */
export type Encoder = (value: string) => string

/** The encoders by the runner's names, in the order in which it installs them. */
export const ENCODERS: Readonly<Record<string, Encoder>> = {
  Base64StringEscape: (value) => base64From(value, 0),
  Base64StringEscapeShift1: (value) => base64From(value, 1),
  Base64StringEscapeShift2: (value) => base64From(value, 2),
  CommandLineArgumentEscape: (value) => value.replaceAll('"', '\\"'),
  ExpressionStringEscape: (value) => value.replaceAll("'", "''"),
  JsonStringEscape: (value) => value.replace(NEWTONSOFT_ESCAPED, escapeJsonCharacter),
  UriDataEscape: uriDataEscape,
  XmlDataEscape: (value) => value.replace(/[<>"'&]/g, (character) => XML_ENTITIES[character] as string),
  TrimDoubleQuotes: trimDoubleQuotes,
  PowerShellPreAmpersandEscape: beforeAmpersand,
  PowerShellPostAmpersandEscape: afterAmpersand,
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
}

/**
 * Base64 of the UTF-8 bytes without the first `shift` of them; of all of them when there are no more than `shift`. The
 * padding stays, which is why a value followed by anything at all leaks unless its tail is 3-byte aligned.
 */
function base64From(value: string, shift: number): string {
  const bytes = Buffer.from(value, 'utf8')
  return (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64')
}

// Newtonsoft's default: quote, backslash, C0 controls, and the three line ends that are not C0. Nothing else, so no DEL,
// no `/`, no `<` and no non-ASCII letter.
const NEWTONSOFT_ESCAPED = /["\\\u0000-\u001f\u0085\u2028\u2029]/g
const SHORT_JSON: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escapeJsonCharacter(character: string): string {
  return SHORT_JSON[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Uri.EscapeDataString: only RFC 3986 unreserved characters are kept, hex digits are upper case. */
function uriDataEscape(value: string): string {
  let escaped = ''
  for (const byte of Buffer.from(value, 'utf8')) {
    const character = String.fromCharCode(byte)
    escaped += /[A-Za-z0-9\-._~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return escaped
}

function trimDoubleQuotes(value: string): string {
  return value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''
}

// PowerShell colours the part of a failed command from `&` on and so cuts the value in two. Both parts are masked when they
// have six characters or more; with `&+` the coloured letter after it belongs to neither.
function beforeAmpersand(value: string): string {
  const plus = value.indexOf('&+')
  return longEnough(plus >= 0 ? value.slice(0, plus + 2) : value.slice(0, value.lastIndexOf('&') + 1))
}

function afterAmpersand(value: string): string {
  const plus = value.indexOf('&+')
  if (plus >= 0) return longEnough(value.slice(plus + 3))
  const last = value.lastIndexOf('&')
  return last < 0 ? '' : longEnough(value.slice(last + 1))
}

function longEnough(section: string): string {
  return section.length >= 6 ? section : ''
}
