/** White space; an escaped character; a run in single or in double quotes; anything else up to the next of those. */
const PIECE = /[ \t\r\n]+|\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|([^ \t\r\n\\'"]+)/y
const COMMENT = /#.*/y

/**
 * Splits a command into words without a shell, as sops does with SOPS_AGE_KEY_CMD: white space divides; single quotes keep
 * everything, double quotes everything but a backslash; a backslash keeps the next character; a word that starts with `#`
 * comments out its line. Nothing is expanded.
 *
 * @returns null when a quote is not closed, or a backslash ends the text
 */
export function splitWords(command: string): string[] | null {
  const words: string[] = []
  let word: string | null = null
  for (let position = 0; position < command.length; ) {
    const comment = word === null ? matchAt(COMMENT, command, position) : null
    const piece = comment ?? matchAt(PIECE, command, position)
    if (piece === null) return null
    position += piece[0].length
    const part = partOf(piece)
    if (part !== undefined) word = (word ?? '') + part
    else if (word !== null) {
      words.push(word)
      word = null
    }
  }
  return word === null ? words : [...words, word]
}

/** What a piece adds to its word, or undefined for white space and comments. */
function partOf([, escaped, single, double, bare]: RegExpExecArray): string | undefined {
  return escaped ?? single ?? double?.replace(/\\([\s\S])/g, '$1') ?? bare
}

function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}
