import { type Document, LIMITS, VARIABLE_NAME } from '../dotenv/document.ts'
import { SealwardError } from '../errors.ts'

/** GitHub takes no longer names. */
const MOST_CHARACTERS = 255

/**
 * Makes a template from the names of GitHub's secrets, every value empty: from what `gh secret list` prints, with or without `--json name`,
 * or from names on lines of their own. What stands behind a name on its line is not read.
 *
 * @throws SealwardError name-invalid with the line, malformed or limit
 */
export function readSecretNames(text: string): Document {
  const names = new Set(text.trimStart().startsWith('[') ? fromJson(text) : fromLines(text))
  if (names.size > LIMITS.names) throw new SealwardError('limit', `more than ${LIMITS.names} names`)
  return [...names].map((name) => ({ kind: 'entry', name, value: '' }))
}

function fromLines(text: string): string[] {
  return text.split('\n').flatMap((line, index) => {
    const name = /^\s*(\S*)/.exec(line)![1]!
    // The heading that gh prints on a terminal.
    const heading = index === 0 && /^\s*NAME\s+(?:UPDATED|VISIBILITY)/i.test(line)
    return name === '' || name.startsWith('#') || heading ? [] : [checked(name, index + 1)]
  })
}

function fromJson(text: string): string[] {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    throw new SealwardError('malformed', 'this is not JSON')
  }
  return (list as unknown[]).map((item, index) => {
    const name: unknown = typeof item === 'object' && item !== null && 'name' in item ? item.name : item
    return checked(typeof name === 'string' ? name : '', index + 1)
  })
}

/** Not quoted: somebody may have given the values. */
function checked(name: string, line: number): string {
  if (name.length <= MOST_CHARACTERS && VARIABLE_NAME.test(name)) return name
  throw new SealwardError('name-invalid', 'not the name of a secret', {
    line,
    hint: 'give the output of `gh secret list`, or one name a line',
  })
}
