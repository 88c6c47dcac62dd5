import { type Document, entriesOf } from '../dotenv/document.ts'
import { checkValueText } from '../dotenv/values.ts'

/**
 * One YAML mapping, a name a line, everything in double quotes: a plain `NO` or `1e3` would be read as something else than text.
 *
 * @throws SealwardError not-representable
 */
export function renderYaml(document: Document): string {
  const pairs = entriesOf(document).map((entry) => {
    checkValueText(entry)
    return `${yamlKey(entry.name)}: ${yamlString(entry.value)}\n`
  })
  return pairs.length === 0 ? '{}\n' : pairs.join('')
}

/**
 * A double-quoted scalar on one line. JSON's escapes are YAML's too (YAML 1.2.2 section 5.7); added are the characters that JSON may
 * leave as they are and YAML may not (section 5.1), and those that YAML 1.1 takes for line breaks.
 */
export function yamlString(text: string): string {
  return JSON.stringify(text).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, escapeUnit)
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** A key without the `?` sign may be no longer than 1024 characters (section 7.4.2). */
function yamlKey(name: string): string {
  const key = yamlString(name)
  return key.length <= 1024 ? key : `? ${key}\n`
}
