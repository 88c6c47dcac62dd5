/** By name, as everything else finds encrypted files. gitattributes(5): a pattern without a slash is for every folder. */
const PATTERNS = ['.env*.encrypted', '*.env.encrypted']
const HEAD = '# sealward install: how encrypted files are shown and merged'
const LINES: readonly string[] = [HEAD, ...PATTERNS.map((pattern) => `${pattern} diff=sealward merge=sealward`)]

/** A list of git attributes with our lines behind the others, where they count most; the same text when they are there. */
export function addAttributes(text: string): string {
  if (LINES.every((line) => text.split('\n').includes(line))) return text
  const others = removeAttributes(text)
  return `${others === '' || others.endsWith('\n') ? others : `${others}\n`}${LINES.join('\n')}\n`
}

/** The list without them. Everything else stays byte for byte. */
export function removeAttributes(text: string): string {
  return text
    .split('\n')
    .filter((line) => !LINES.includes(line))
    .join('\n')
}
