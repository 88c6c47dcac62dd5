import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { EOL } from 'node:os'
import { SealwardError } from '../../core/errors.ts'

/**
 * Appends pairs to a file command (GITHUB_ENV, GITHUB_OUTPUT) in one write, so that a failure leaves none of them.
 *
 * Every pair has the heredoc form under a delimiter nobody can guess. A fixed delimiter was CVE-2022-35954.
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
  try {
    appendFileSync(path, text, { encoding: 'utf8' })
  } catch (error) {
    throw new SealwardError(
      'io',
      `the runner's file cannot be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`,
    )
  }
}

export function printPairs(pairs: Iterable<readonly [string, string]>): string {
  let text = ''
  for (const [name, value] of pairs) {
    const delimiter = `ghadelimiter_${randomUUID()}`
    text += `${name}<<${delimiter}${EOL}${value}${EOL}${delimiter}${EOL}`
  }
  return text
}
