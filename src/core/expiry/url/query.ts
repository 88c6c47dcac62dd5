/** The parameters of one query string, by their names in lower case, decoded. Of two with a name the first counts. */
export type Query = ReadonlyMap<string, string>

/** What stands in no query string, and the name before one in a connection string of Azure. */
const BETWEEN = /[\s"'`<>;?#\\]+|SharedAccessSignature=/i
const LEAST = 3
const MOST = 64

/** The query strings in a text: of a URL, or by themselves. Bounded, and linear in its length. */
export function queriesIn(text: string): readonly Query[] {
  if (!text.includes('&')) return []
  return text
    .replaceAll('&amp;', '&')
    .split(BETWEEN)
    .map((run) => run.split('&', MOST + 1))
    .filter(({ length }) => length >= LEAST && length <= MOST)
    .map(readQuery)
}

function readQuery(parameters: readonly string[]): Query {
  const pairs = parameters.map((parameter): [string, string] => {
    const equals = parameter.indexOf('=')
    return equals < 0 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)]
  })
  return new Map(pairs.reverse().map(([name, value]) => [name.toLowerCase(), decode(value)]))
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
