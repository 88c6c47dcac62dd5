import { type Parameter, plainKey } from './parameters.ts'

/** A member of an object, at any depth, whose value is a string, a number or a boolean. */
export interface Member {
  /** Where it begins. */
  readonly object: number
  readonly parameter: Parameter
}

/** A string, another scalar, or a sign. Between them is only space. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[^\s"{}[\],:]+|[{}[\],:]/g

/** Where the values of a text stand that is JSON. Only strings can be written again. */
export function members(json: string): Member[] {
  const found: Member[] = []
  const open: number[] = []
  let name: string | null = null
  let before = ''
  for (const { 0: token, index } of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(index)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':') name = JSON.parse(before) as string
    else if (token !== ',' && name !== null) {
      found.push({ object: open.at(-1)!, parameter: parameterOf(name, token, index) })
      name = null
    }
    if (token === '{' || token === '[' || token === ',') name = null
    before = token
  }
  return found
}

function parameterOf(name: string, token: string, start: number): Parameter {
  const quoted = token.startsWith('"')
  return {
    key: plainKey(name),
    name,
    slot: {
      start,
      end: start + token.length,
      text: quoted ? (JSON.parse(token) as string) : token,
      spell: (text) => (quoted && text.isWellFormed() && !text.includes('\0') ? JSON.stringify(text) : null),
    },
  }
}
