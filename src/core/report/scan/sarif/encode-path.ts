/**
 * A path of a repository as the path of a URI (RFC 3986). A colon in the first segment would make it a scheme and a bracket would end
 * a link in Markdown, so every segment is encoded whole. Half a surrogate pair has no UTF-8 and becomes the replacement character.
 */
export function encodePath(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[!'()*]/g, percent)
}

/** encodeURIComponent leaves these as they are. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
