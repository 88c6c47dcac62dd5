import type { Outcome, Rotated } from '../../core/credential/machine/outcome.ts'
import { printRotated, wordsOf } from '../../core/report/rotation/credentials.ts'
import { printRotatedMarkdown } from '../../core/report/rotation/credentials-markdown.ts'
import type { Runner } from '../world.ts'
import type { RotateInputs } from './inputs.ts'

/** The output that a credential is named in; those of which nothing was due are in none. */
const OUTPUT_OF: Readonly<Record<Outcome['kind'], 'rotated' | 'waiting' | 'failed' | null>> = {
  rotated: 'rotated',
  waiting: 'waiting',
  'rolled-back': 'failed',
  breaker: 'failed',
  drift: 'failed',
  'rollback-failed': 'failed',
  failed: 'failed',
  nothing: null,
  planned: null,
}

/** Tells the runner what became of each credential: outputs first, then words for people. */
export function publish(rotated: readonly Rotated[], { summary }: RotateInputs, runner: Runner): void {
  const named = (output: string) => JSON.stringify(rotated.filter(isIn(output)).map(({ name }) => name))
  const requests = rotated.flatMap(({ request }) => request ?? [])
  runner.set({
    outputs: [
      ['rotated', named('rotated')],
      ['waiting', named('waiting')],
      ['failed', named('failed')],
      ['pull-request', [...new Set(requests)].join('\n')],
    ],
    environment: [],
  })
  for (const line of rotated.flatMap((one) => printRotated(one).split('\n').filter(Boolean))) runner.say(line)
  if (rotated.length === 0) runner.say('no credential is due')
  for (const { name, outcome } of rotated.filter(isIn('failed')))
    runner.annotate('error', `${name}: ${wordsOf(outcome)}`, { title: 'sealward' })
  if (summary) runner.summarise(`### Sealward rotation\n\n${printRotatedMarkdown(rotated)}\n`)
}

function isIn(output: string): (rotated: Rotated) => boolean {
  return ({ outcome }) => OUTPUT_OF[outcome.kind] === output
}
