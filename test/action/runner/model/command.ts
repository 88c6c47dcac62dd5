import { trim, trimStart } from './dotnet-text.ts'
import { NameMap } from './name-map.ts'

/** A workflow command found in a line of output. The names of its properties ignore letter case. */
export interface Command {
  readonly name: string
  readonly properties: NameMap
  readonly data: string
}

/**
 * Reads `::name key=value,key=value::data`, which must start its line (blanks before it are skipped), or else the legacy
 * `##[name key=value;key=value]data`, which may stand anywhere in a line. Returns null when the line holds neither, or when
 * `isCommand` does not know the name: the runner then prints the line as it is.
 */
export function parseCommand(line: string, isCommand: (name: string) => boolean): Command | null {
  return parseV2(line, isCommand) ?? parseLegacy(line, isCommand)
}

type Escapes = readonly (readonly [token: string, character: string])[]

// `%25` comes last, so that `%250A` yields the text `%0A` and not a line feed.
const DATA: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
]
const V2_PROPERTY: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]
const LEGACY: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
]

function parseV2(line: string, isCommand: (name: string) => boolean): Command | null {
  const text = trimStart(line)
  if (!text.startsWith('::')) return null
  const end = text.indexOf('::', 2)
  if (end < 0) return null
  const { name, rest } = splitInfo(text.slice(2, end))
  if (!isCommand(name)) return null
  return {
    name,
    properties: readProperties(trim(rest), ',', V2_PROPERTY),
    data: unescapeText(text.slice(end + 2), DATA),
  }
}

function parseLegacy(line: string, isCommand: (name: string) => boolean): Command | null {
  const start = line.indexOf('##[')
  if (start < 0) return null
  const end = line.indexOf(']', start)
  if (end < 0) return null
  const { name, rest } = splitInfo(line.slice(start + 3, end))
  if (!isCommand(name)) return null
  return { name, properties: readProperties(rest, ';', LEGACY), data: unescapeText(line.slice(end + 1), LEGACY) }
}

function splitInfo(info: string): { name: string; rest: string } {
  const space = info.indexOf(' ')
  return space < 0 ? { name: info, rest: '' } : { name: info.slice(0, space), rest: info.slice(space + 1) }
}

// .NET's Split with RemoveEmptyEntries and a count of two: `=` before the name and doubled after it are skipped, and a
// property without a value is dropped. Names keep their blanks: in `a=1, b=2` the second one is called ` b`.
const PROPERTY = /^=*([^=]+)=+([^=].*)$/s

function readProperties(text: string, separator: string, escapes: Escapes): NameMap {
  const properties = new NameMap(true)
  for (const property of text.split(separator)) {
    const [, name, value] = PROPERTY.exec(property) ?? []
    if (name !== undefined && value !== undefined) properties.set(name, unescapeText(value, escapes))
  }
  return properties
}

function unescapeText(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [token, character]) => result.replaceAll(token, character), text)
}
