const SPACE = 0x20
const TAB = 0x09

/** Whether a UTF-16 unit is a blank of the dialect: space or tab, and nothing else. docs/dotenv.md section 2.4. */
export function isBlank(unit: number): boolean {
  return unit === SPACE || unit === TAB
}

/** The index of the LF that ends the line which holds `at`, or of the end of the text. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** The index of the first character from `at` on that is no blank; at most `end`. */
export function skipBlanks(text: string, at: number, end: number): number {
  let index = at
  while (index < end && isBlank(text.charCodeAt(index))) index += 1
  return index
}

/** The text without blanks at both ends. String.trim() would take line ends and Unicode spaces too. */
export function trimBlanks(text: string): string {
  const start = skipBlanks(text, 0, text.length)
  let end = text.length
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
  return text.slice(start, end)
}

/** How many LF stand in text[from, to). `to` is no further than the end of the line it is in, so the cost stays linear. */
export function countLineFeeds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
