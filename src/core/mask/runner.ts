/**
 * Some of what GitHub's runner hides by itself besides a registered mask: its escapes for command lines, expressions, JSON, URLs
 * and XML. A command for one of these would be spent for nothing. (It encodes to base64 too, but hides only what ends there.)
 */
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
