import { isOpaque } from '../worth.ts'

/** Names whose values are secrets wherever they stand. */
export const SECRET_NAME = /pass|pwd|secret|token|key|cred|auth|sig|salt|seed|cookie|session|private/i

const SHORTEST = 8
const NAME = /[\w.-]{1,64}$/
const TOKEN = /^[A-Za-z0-9_-][A-Za-z0-9+/_.-]*={0,2}$/
const SEPARATOR = /[;&?,\s]+/

/**
 * The values that a text assigns to names, where the name or the value says that it is a secret: connection strings
 * (`Server=...;Password=...`), queries (`?sig=...`), INI and YAML lines, .npmrc, credential files.
 */
export function assignedIn(text: string): string[] {
  const found = new Set<string>()
  for (const line of text.split(/[\r\n]+/)) {
    if (!/[=:]/.test(line)) continue
    for (const candidate of [line, ...line.split(SEPARATOR)]) {
      const value = assignedValue(candidate)
      if (value !== null && value !== text) found.add(value)
    }
  }
  return [...found]
}

/** Of `name = value` or `name: value`, the value; null when nothing says that it is a secret. */
function assignedValue(assignment: string): string | null {
  const sign = assignment.search(/[=:]/)
  const equals = assignment.indexOf('=')
  for (const at of new Set([sign, equals])) {
    if (at < 0) continue
    const name = NAME.exec(
      assignment
        .slice(Math.max(0, at - 80), at)
        .trimEnd()
        .replace(/["']$/, ''),
    )?.[0]
    const value = unquote(assignment.slice(at + 1).trim())
    if (name === undefined || value.length < SHORTEST || /[\s;&,]/.test(value)) continue
    if (SECRET_NAME.test(name) || (TOKEN.test(value) && isOpaque(value.replace(/[^A-Za-z0-9]/g, '')))) return value
  }
  return null
}

function unquote(text: string): string {
  return text.replace(/[,;]$/, '').replace(/^(["'])(.*)\1$/, '$2')
}
