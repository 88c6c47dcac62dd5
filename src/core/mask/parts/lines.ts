import { isStructure, whyNot } from '../worth.ts'

/** CRLF, LF and a lone CR: what ends a line for GitHub's runner. */
export const LINE_END = /\r\n|\r|\n/

/**
 * The lines of a text that have to be hidden, trimmed: not the brackets, markers and headings between them. Without a comma at
 * its end, for the same line may be the last one elsewhere.
 */
export function linesWorthHiding(text: string, minLength: number): string[] {
  return text
    .split(LINE_END)
    .map((line) => line.trim().replace(/\s*,$/, ''))
    .filter((line) => whyNot(line, minLength) === null && !isStructure(line))
}
