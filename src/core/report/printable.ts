/**
 * Controls of terminals (C0, C1, DEL), line ends, and the invisible characters that hide or reorder text (zero width,
 * bidirectional overrides): a file name can hold all of them, and would write to the terminal or forge a line of a log.
 */
const UNPRINTABLE = /[\0-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]/g

/** A text as it may be shown: every character above as an escape, `\x1b` or `\u202e`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
