import { isOpaque } from '../worth.ts'

/** Names whose values are secrets wherever they stand. */
export const SECRET_NAME = /pass|pwd|secret|token|key|cred|auth|sig|salt|seed|cookie|session|private/i

const SHORTEST = 8
const NAME = /[\w.-]{1,64}$/
const TOKEN = /^[A-Za-z0-9_-][A-Za-z0-9+/_.-]*={0,2}$/
const SEPARATOR = /[;&?,\s]+/
/** `login ci password ...` of .netrc, and `<password>...</password>` of settings.xml. */
const WORDS = /(?:^|\s)(?:password|passwd|secret|token)\s+(\S{8,})/gi
const ELEMENT = /<([\w:.-]{1,64})>([^<>]{8,4096})<\//g

/**
 * The values that a text assigns to names, where the name or the value says that it is a secret: connection strings
 * (`Server=...;Password=...`), queries (`?sig=...`), INI and YAML lines, .npmrc, credential files.
 */
export function assignedIn(text: string): string[] {
  const found = new Set<string>()
  for (const line of text.split(/[\r\n]+/)) {
    for (const [, value] of line.matchAll(WORDS)) found.add(value!)
    for (const [, name, value] of line.matchAll(ELEMENT)) if (SECRET_NAME.test(name!)) found.add(value!)
    if (!/[=:]/.test(line)) continue
    for (const candidate of [line, ...line.split(SEPARATOR)]) {
      const value = assignedValue(candidate)
      if (value !== null) found.add(value)
    }
  }
  return [...found]
}

/** Of `name = value` or `name: value`, the value; null when nothing says that it is a secret. */
function assignedValue(assignment: string): string | null {
  for (const at of [assignment.search(/[=:]/), assignment.indexOf('=')]) {
    if (at < 0) continue
    const value = unquote(assignment.slice(at + 1).trim())
    if (value.length < SHORTEST || /[\s;&,]/.test(value)) continue
    const name = nameBefore(assignment, at)
    if (SECRET_NAME.test(name) || (name !== '' && isToken(value))) return value
  }
  return null
}

function nameBefore(assignment: string, at: number): string {
  const before = assignment.slice(Math.max(0, at - 80), at).trimEnd()
  return NAME.exec(before.replace(/["']$/, ''))?.[0] ?? ''
}

function isToken(text: string): boolean {
  return TOKEN.test(text) && isOpaque(text.replace(/[^A-Za-z0-9]/g, ''))
}

function unquote(text: string): string {
  return text.replace(/[,;]$/, '').replace(/^(["'])(.*)\1$/, '$2')
}
