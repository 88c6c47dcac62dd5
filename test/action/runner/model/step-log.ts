import type { SecretMasker } from './masker.ts'

export type IssueType = 'error' | 'warning' | 'notice'

/** What the run's summary page shows. The message is masked and cut; the properties are copied as the step wrote them. */
export interface Annotation {
  readonly type: IssueType
  readonly message: string
  /** `title`, `file`, `line` and the like. The runner does not mask them. */
  readonly properties: Readonly<Record<string, string>>
}

// The runner's own limits: annotations are forwarded to a service that takes no more.
const MAX_MESSAGE = 4096
const MAX_PER_TYPE = 10

/**
 * The log of one step. Every entry is masked as a whole, tag included, when it is written: a mask that is registered later
 * does not reach back. Entries also go to the job's log.
 */
export class StepLog {
  readonly entries: string[] = []
  readonly annotations: Annotation[] = []
  readonly #job: string[]
  readonly #masker: SecretMasker
  readonly #showDebug: boolean

  constructor(job: string[], masker: SecretMasker, showDebug: boolean) {
    this.#job = job
    this.#masker = masker
    this.#showDebug = showDebug
  }

  write(message: string): void {
    const entry = this.#masker.mask(message)
    this.entries.push(entry)
    this.#job.push(entry)
  }

  /** Shown under step debug only, one entry a line. */
  debug(message: string): void {
    if (!this.#showDebug) return
    for (const line of message.replaceAll('\r\n', '\n').split('\n')) this.write(`##[debug]${line}`)
  }

  /** Logs an error, a warning or a notice, and keeps the first ten of each type as annotations. */
  issue(type: IssueType, text: string, properties: Readonly<Record<string, string>> = {}): void {
    const message = this.#masker.mask(text).slice(0, MAX_MESSAGE)
    if (this.annotations.filter((annotation) => annotation.type === type).length < MAX_PER_TYPE) {
      this.annotations.push({ type, message, properties })
    }
    if (message !== '') this.write(`##[${type}]${message}`)
  }

  get text(): string {
    return this.entries.join('\n')
  }
}
