/**
 * What GitHub's runner hides by itself for each registered mask, besides the mask: the results of encoders that it applies to the
 * mask alone, never to each other's results.
 */
export function hiddenByRunner(mask: string): string[] {
  return [...escapedByRunner(mask), ...encodedByRunner(mask)]
}

/** Its escapes: for JSON, XML, URLs, command lines and expressions. */
export function escapedByRunner(mask: string): string[] {
  if (!/[^A-Za-z0-9\-._~]/.test(mask)) return []
  return [
    mask.replaceAll('"', '\\"'),
    mask.replaceAll("'", "''"),
    mask.replace(/["\\\0-\x1f\x85\u2028\u2029]/g, escapeJson),
    encodeURIComponent(mask).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    ),
    mask.replace(/[<>"'&]/g, (character) => ENTITIES[character]!),
  ]
}

/** Base64 of the whole, and without its first byte, and without its first two. */
function encodedByRunner(mask: string): string[] {
  const bytes = Buffer.from(mask, 'utf8')
  return [0, 1, 2].map((shift) => (bytes.length > shift ? bytes.subarray(shift) : bytes).toString('base64'))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
}
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

function escapeJson(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
