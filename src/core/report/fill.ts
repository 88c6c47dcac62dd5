/**
 * Puts words into lines, as many as fit.
 *
 * @param room characters of a line, which are columns but for wide scripts; a word that is longer has a line of its own
 * @returns at least one line
 */
export function fill(words: readonly string[], room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    const fits = line === '' || [...longer].length <= room
    if (!fits) lines.push(line)
    line = fits ? longer : word
  }
  return [...lines, line]
}
