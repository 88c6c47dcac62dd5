/**
 * Transcripts: what a user types and sees, as text files that read like documentation and run as tests.
 *
 *     # words for the reader
 *     $ sealward get FOO          must end with status 0
 *     ! sealward get NOPE         must end with status 2; `!1`, `!125`, ... for another
 *     < a line of its stdin
 *     | a line of its stdout
 *     2| a line of its stderr     `{*}` stands for any text within a line, on both streams
 *     -- name --                  the files that are there at the start
 *
 * Every line of both streams must be there: silence is tested too. Commands run in sh, in a folder of their own.
 */
export interface Step {
  readonly line: number
  readonly command: string
  readonly status: number
  readonly stdin: string
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
}

export interface Transcript {
  readonly steps: readonly Step[]
  readonly files: ReadonlyMap<string, string>
}

type Draft = { -readonly [K in keyof Step]: Step[K] extends readonly string[] ? string[] : Step[K] }

/** @throws Error naming the line when the text is no transcript */
export function parseTranscript(text: string): Transcript {
  const [head = '', ...rest] = text.split(/^-- (.+) --\n/m)
  const files = new Map<string, string>()
  for (let index = 0; index < rest.length; index += 2) files.set(rest[index]!, rest[index + 1]!)
  const steps: Draft[] = []
  for (const [index, row] of head.split('\n').entries()) {
    if (row === '' || row.startsWith('#')) continue
    const start = /^(?:\$|!(\d*)) (.+)$/.exec(row)
    if (start !== null) steps.push(draft(index + 1, start))
    else addTo(steps.at(-1), row, index + 1)
  }
  return { steps, files }
}

function draft(line: number, [row, status, command]: RegExpExecArray): Draft {
  const expected = row.startsWith('$') ? 0 : Number(status || 2)
  return { line, command: command!, status: expected, stdin: '', stdout: [], stderr: [] }
}

function addTo(step: Draft | undefined, row: string, line: number): void {
  const match = /^(<|\||2\|)(?: (.*))?$/.exec(row)
  if (step === undefined || match === null) throw new Error(`line ${line} is no part of a transcript`)
  const text = match[2] ?? ''
  if (match[1] === '<') step.stdin += `${text}\n`
  else if (match[1] === '|') step.stdout.push(text)
  else step.stderr.push(text)
}

/** Whether a stream said what it should; the expected lines may hold `{*}`. */
export function matches(expected: readonly string[], actual: string): boolean {
  const lines = actual === '' ? [] : actual.replace(/\n$/, '').split('\n')
  return lines.length === expected.length && expected.every((wanted, index) => lineMatches(wanted, lines[index]!))
}

function lineMatches(wanted: string, line: string): boolean {
  const pattern = wanted
    .split('{*}')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*')
  return new RegExp(`^${pattern}$`).test(line)
}
