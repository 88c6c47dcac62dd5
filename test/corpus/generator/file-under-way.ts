import type { Case, Context } from './case.ts'
import type { CorpusFile, Label } from './corpus.ts'
import { expand } from './render.ts'

/** Collects lines and keeps count of where the judged ones are. */
export class FileUnderWay {
  readonly #context: Context
  readonly #lines: string[] = []
  readonly #secrets: Label[] = []
  readonly #negatives: Label[] = []
  #indent: string

  constructor(context: Context) {
    this.#context = context
    this.#indent = context.dialect.indents?.[0] ?? ''
  }

  /** The first or last lines of a file, at the margin: nobody judges them. */
  addFrame(templates: readonly string[]): void {
    for (const template of templates) this.#lines.push(...expand(this.#context, template).split('\n'))
  }

  /** A line between the cases: nobody judges it either. */
  addNeutral(template: string): void {
    this.#lines.push(...this.#indented(expand(this.#context, template).split('\n')))
  }

  /** A case at the indentation of its surroundings, which changes now and then as blocks do. */
  add({ lines, marks }: Case): void {
    const { dialect, random } = this.#context
    if (random.chance(0.15)) this.#indent = random.pick(dialect.indents ?? [''])
    const first = this.#lines.length + 1
    for (const { at, end, kind, secret } of marks) {
      const list = secret ? this.#secrets : this.#negatives
      list.push({ line: first + at, end: first + end, kind })
    }
    this.#lines.push(...this.#indented(lines))
  }

  finish(): Pick<CorpusFile, 'text' | 'secrets' | 'negatives'> {
    return { text: `${this.#lines.join('\n')}\n`, secrets: this.#secrets, negatives: this.#negatives }
  }

  #indented(lines: readonly string[]): readonly string[] {
    return lines.map((line) => (line === '' ? '' : this.#indent + line))
  }
}
