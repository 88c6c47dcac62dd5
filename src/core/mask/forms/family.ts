import type { Text } from './text.ts'

/**
 * One way in which programs print a string. A family is a list of literal spellings, made without knowing what stands before and
 * behind the value in the text that is printed.
 */
export interface Family {
  /** What the documentation and a warning call it. */
  readonly name: string
  /** Whether parts of a value (a URL's password, a JSON string) are worth it too, not only the value. */
  readonly leaves?: true
  /**
   * Whether it leaves line ends alone, so that a text of several lines is spelled line by line. `written`: not those lines
   * that are nearly all letters and digits drawn at random, for these are hidden in any spelling.
   */
  readonly lines?: 'all' | 'written'
  /** Whether it makes nothing of letters and digits of ASCII, `-` and `_`: then it is not even asked about a word of these. */
  readonly sparesWords?: true
  /** Of longer texts it derives nothing: their forms are too many, or too long. */
  readonly longest?: number
  /** Every spelling of the text; a repetition or the text itself does no harm. */
  readonly forms: (text: Text) => Iterable<string>
}
