import { randomUUID } from 'node:crypto'
import { appendFileSync, statSync, truncateSync } from 'node:fs'
import { EOL } from 'node:os'
import { SealwardError } from '../../core/errors.ts'

/**
 * Appends pairs to a file command (GITHUB_ENV, GITHUB_OUTPUT, GITHUB_STATE) in one write, so that a failure leaves none of them.
 *
 * Every pair has the heredoc form under a delimiter nobody can guess, for it is drawn when the values are there: no value can end
 * itself and begin another variable. A fixed delimiter was CVE-2022-35954.
 *
 * @throws SealwardError io when the runner gave no such file
 */
export function appendPairs(path: string | undefined, pairs: Iterable<readonly [string, string]>): void {
  const text = printPairs(pairs)
  if (text === '') return
  if (path === undefined || path === '')
    throw new SealwardError('io', "the runner gave no file for this step's variables", {
      hint: 'is this running as a GitHub Action?',
    })
  append(path, text)
}

/**
 * Runs writes to these files so that a failure leaves all of them as they were: a disk that fills half-way would otherwise leave
 * half of the variables to the next step.
 */
export function allOrNothing(paths: readonly (string | undefined)[], write: () => void): void {
  const sizes = new Map(paths.flatMap((path) => (path ? [[path, sizeOf(path)] as const] : [])))
  try {
    write()
  } catch (error) {
    for (const [path, size] of sizes) if (size !== null && sizeOf(path) !== size) truncateSync(path, size)
    throw error
  }
}

/** @returns null for what is no regular file */
function sizeOf(path: string): number | null {
  const status = statSync(path, { throwIfNoEntry: false })
  return status?.isFile() ? status.size : null
}

/** Adds to the summary of the job. A server without summaries gives no file for them, which is no fault. */
export function appendSummary(path: string | undefined, markdown: string): void {
  if (path !== undefined && path !== '' && markdown !== '') append(path, markdown)
}

/**
 * The line ends are the system's. On Windows the runner takes CRLF and LF for one, so behind a value that ends in CR a lone LF would take
 * that CR with it; behind CRLF, and on the other systems behind LF, every value comes back as it was.
 */
export function printPairs(pairs: Iterable<readonly [string, string]>, lineEnd = EOL): string {
  const list = [...pairs]
  const delimiter = drawDelimiter(list.flat())
  return list.map(([name, value]) => `${name}<<${delimiter}${lineEnd}${value}${lineEnd}${delimiter}${lineEnd}`).join('')
}

/**
 * One for a whole write: to draw one for each pair takes longer than to write them.
 *
 * @throws SealwardError internal when a text holds what was drawn, as it can only where the randomness is none
 */
export function drawDelimiter(texts: readonly string[], draw: () => string = randomUUID): string {
  const delimiter = `ghadelimiter_${draw()}`
  if (texts.some((text) => text.includes(delimiter)))
    throw new SealwardError('internal', 'the delimiter that was drawn for the variables stands in one of them')
  return delimiter
}

function append(path: string, text: string): void {
  try {
    appendFileSync(path, text, { encoding: 'utf8' })
  } catch (error) {
    throw new SealwardError(
      'io',
      `the runner's file cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    )
  }
}
