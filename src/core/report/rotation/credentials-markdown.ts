import type { Outcome, Rotated } from '../../credential/machine/outcome.ts'
import { codeMarkdown, escapeMarkdown } from '../scan/markdown/markdown-escape.ts'
import { wordsOf } from './credentials.ts'

const HEAD = '| Credential | What happened | Next |'
const RULE = '|---|---|---|'
/** Nobody reads more of them in a summary. */
const MOST = 200

/** The table of a job's summary. Nothing in it is a secret. Ends with a line end. */
export function printRotatedMarkdown(rotated: readonly Rotated[]): string {
  if (rotated.length === 0) return 'No credential is due.\n'
  const rows = rotated.slice(0, MOST).map((one) => `| ${cellsOf(one).join(' | ')} |`)
  const more = rotated.length > MOST ? `\n${rotated.length - MOST} more are not shown.\n` : ''
  return `${[HEAD, RULE, ...rows].join('\n')}\n${more}${rotated.map(planOf).join('')}`
}

function cellsOf({ name, outcome, request }: Rotated): string[] {
  const next = request === null ? nextOf(outcome) : `merge ${escapeMarkdown(request)}`
  return [codeMarkdown(name), escapeMarkdown(wordsOf(outcome)), next]
}

function nextOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'waiting':
      return outcome.for === 'merge'
        ? 'merge the branch of the rotation'
        : 'the old one ends with the next run after that'
    case 'failed':
      return 'the next run goes on where this one stopped'
    case 'breaker':
    case 'drift':
    case 'rollback-failed':
      return 'a person looks: docs/credentials.md, section 8'
    case 'planned':
      return 'nothing was changed'
    default:
      return ''
  }
}

/** The steps, as `--dry-run` prints them. */
function planOf({ name, outcome }: Rotated): string {
  if (outcome.kind !== 'planned') return ''
  const steps = outcome.plan.steps.map(({ phase, what, shapes }, at) =>
    [
      `${at + 1}. **${escapeMarkdown(phase)}**: ${escapeMarkdown(what)}`,
      ...shapes.map((shape) => `   ${codeMarkdown(shape)}`),
    ].join('\n'),
  )
  return `\n${codeMarkdown(name)}:\n\n${steps.join('\n')}\n`
}
