/** JSON that somebody else wrote: of no known form. */
export type Json = unknown

/** @returns undefined when there are no bytes, or they are no JSON in UTF-8 */
export function parseJson(bytes: Uint8Array | null): Json {
  if (bytes === null) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}

/** What is at the end of a way into a value; undefined where the way ends early. */
export function at(value: Json, ...way: readonly string[]): Json {
  let here = value
  for (const name of way) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Readonly<Record<string, Json>>)[name]
  }
  return here
}

/** @returns null for what is no text, or an empty one */
export function textOf(value: Json): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}
