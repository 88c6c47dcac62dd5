import { environmentOf } from '../core/environment/file-name.ts'
import type { EnvironmentPlan } from '../core/environment/plan.ts'
import { printState, STATE_NAME } from '../core/job/state.ts'
import { amount } from '../core/report/amount.ts'
import { printSummary } from '../core/report/summary.ts'
import type { JobExport, NothingExported } from '../tasks/job/export-to-job.ts'
import type { Inputs } from './inputs.ts'
import type { ActionWorld } from './world.ts'

type Told = Pick<ActionWorld, 'runner' | 'remarks' | 'clock' | 'actor'>

/**
 * Tells the runner: masks first, before any other word; then what the post step must remove; then file, outputs and variables; then
 * words for people.
 *
 * @throws SealwardError io; nothing is exported then
 */
export async function publish(
  exported: JobExport | NothingExported,
  { summary }: Pick<Inputs, 'summary'>,
  told: Told,
): Promise<void> {
  if (exported.kind !== 'exported') return publishNothing(exported, told)
  const { masks, file, outputs, plan, variables, sources } = exported
  const { runner } = told
  runner.mask(masks)
  if (file !== null) {
    runner.keep([[STATE_NAME, printState({ files: [file.place] })]])
    await file.write()
  }
  runner.set({ outputs: [...countsOf([...variables.keys()]), ...outputs], environment: plan?.pairs ?? [] })
  for (const { kind, text } of told.remarks) runner.annotate(kind, text)
  for (const text of notices(exported)) runner.annotate('notice', text)
  runner.say(closingLine(exported))
  const rows = sources.map((source) => ({ ...source, environment: environmentOf(source.path.replaceAll('\\', '/')) }))
  const [by, now] = [told.actor, told.clock.now()]
  runner.summarise(printSummary({ files: rows, maskedForms: masks.length, style: summary, now, by }))
}

function publishNothing({ kind, message }: NothingExported, { runner }: Told): void {
  runner.set({ outputs: countsOf([]), environment: [] })
  if (kind === 'warn') runner.annotate('warning', message)
  else runner.say(`sealward: ${message}`)
}

function countsOf(names: readonly string[]): [string, string][] {
  return [
    ['keys', JSON.stringify(names)],
    ['count', String(names.length)],
  ]
}

/** What a reader of the workflow may not expect. */
function notices({ plan, hiddenOutputs }: JobExport): string[] {
  const about = (names: readonly string[] | undefined, text: string) =>
    names === undefined || names.length === 0 ? [] : [`${names.join(', ')}: ${text}`]
  const of = (key: keyof Pick<EnvironmentPlan, 'replaced' | 'kept' | 'emptied'>) => plan?.[key]
  return [
    ...about(of('replaced'), 'the job had another value, which is replaced (on-conflict)'),
    ...about(of('kept'), 'the job has another value, which stays (on-conflict)'),
    ...about(of('emptied'), 'exported by an earlier step, and set to nothing now (unset-previous)'),
    ...about(hiddenOutputs, 'hidden in logs, so the runner drops a job output that is made of it; use it in this job'),
  ]
}

function closingLine({ variables, sources, file }: JobExport): string {
  const count = amount(variables.size, 'variable')
  const where = file === null ? '' : `, written to ${file.place}`
  return `sealward: ${count} from ${sources.map(({ path }) => path).join(', ')}${where}`
}
