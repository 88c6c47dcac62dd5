const SPACES = ' \t\r\n'

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
  let quote = ''
  for (let index = 0; index < command.length; index++) {
    const character = command.charAt(index)
    if (character === '\\' && quote !== "'") {
      if (++index === command.length) return null
      word = (word ?? '') + command.charAt(index)
    } else if (quote !== '') {
      if (character === quote) quote = ''
      else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (SPACES.includes(character)) {
      if (word !== null) words.push(word)
      word = null
    } else if (character === '#' && word === null) {
      const end = command.indexOf('\n', index)
      index = end === -1 ? command.length : end
    } else word = (word ?? '') + character
  }
  if (word !== null) words.push(word)
  return quote === '' ? words : null
}
