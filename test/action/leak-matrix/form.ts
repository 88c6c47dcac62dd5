/** One way to print a text. The matrix knows nothing else about it, and shares no code with what derives the masks. */
export interface Form {
  readonly name: string
  /**
   * What may stand around the value in the text: anything; only something after it, because lines are cut by columns; or
   * nothing, because the result is one number or one cipher text.
   */
  readonly around: Around
  /** Prints each text by itself; null where it cannot be printed in this form. */
  readonly print: (texts: readonly string[]) => readonly (string | null)[]
}

export type Around = 'anything' | 'after' | 'nothing'

/** A form that prints one text after the other. */
export function form(name: string, print: (text: string) => string | null, around: Around = 'anything'): Form {
  return { name, around, print: (texts) => texts.map(print) }
}
