import { join } from 'node:path'
import type { Finding } from '../../core/finding.ts'
import type { Floors } from '../../core/policy/floors.ts'
import { fails } from '../../core/policy/scan/scan-match.ts'
import { listAllowed } from '../../core/report/scan/allowed.ts'
import { annotate } from '../../core/report/scan/annotations.ts'
import { printScanJson } from '../../core/report/scan/json/json.ts'
import { printScanSummary, type SourcePages } from '../../core/report/scan/markdown/markdown.ts'
import { printSarifOf } from '../../core/report/scan/sarif/sarif-document.ts'
import { printScan } from '../../core/report/scan/text.ts'
import type { ScanOutcome } from '../../core/scan/outcome.ts'
import { VERSION } from '../../core/version.ts'
import { repositoryPage } from '../repository-page.ts'
import type { Runner } from '../world.ts'
import { writeReport } from '../write-report.ts'
import type { ScanInputs } from './inputs.ts'
import type { ActionScanWorld } from './world.ts'

/** What there is to tell of a scan. */
export interface Told {
  readonly outcome: ScanOutcome
  /** Of it what was found in files, which is what code scanning can show; null when none were looked at. */
  readonly code: ScanOutcome | null
  readonly inputs: ScanInputs
  readonly failOn: Floors
  /** What was looked at was brought by the event. */
  readonly isChange: boolean
  readonly warnings: readonly string[]
}

/**
 * Tells the runner: reports and outputs first, so that they are there whatever follows; then words for people. No text of a file goes out in
 * another way than through the printers of core/report, which hold nothing that a runner or a page could take for more than text.
 *
 * @returns whether the step fails
 * @throws SealwardError io, or usage for a `sarif-file` outside of the job's folders
 */
export async function publish(told: Told, world: ActionScanWorld, runner: Runner): Promise<boolean> {
  const { outcome, inputs, isChange, warnings } = told
  const failing = outcome.findings.filter((finding) => fails({ failOn: told.failOn }, finding))
  runner.set({ outputs: await writeReports(told, world), environment: [] })
  for (const line of printScan(outcome, { explain: false, paint: (_, text) => text }).split('\n')) runner.say(line)
  for (const text of [...warnings, ...emptiness(told)]) runner.annotate('warning', text)
  for (const { type, message, ...properties } of annotate(outcome.findings)) runner.annotate(type, message, properties)
  if (isChange && outcome.allowed.length > 0) runner.annotate('notice', listAllowed(outcome.allowed), { title: TITLE })
  if (inputs.summary) runner.summarise(printScanSummary(outcome, pagesOf(world)))
  if (failing.length < outcome.findings.length) runner.say(sayLighter(outcome.findings, failing))
  return failing.length > 0
}

const TITLE = 'sealward: allowed in this change'

async function writeReports({ outcome, code, inputs }: Told, world: ActionScanWorld): Promise<[string, string][]> {
  const name = `sealward-scan-${Buffer.from(world.randomBytes(6)).toString('hex')}.json`
  const report = await writeReport(join(world.temporary, name), printScanJson(outcome, VERSION), world.jobFiles)
  const sarif =
    inputs.sarifFile === null || code === null
      ? ''
      : await writeReport(inputs.sarifFile, await printSarifOf(code, VERSION), world.jobFiles)
  return [
    ['findings', String(outcome.findings.length)],
    ['report-path', report],
    ['sarif-path', sarif],
  ]
}

/** That nothing was found says nothing when nothing was selected. */
function emptiness({ code, isChange }: Told): string[] {
  return code !== null && isChange && code.looked.count === 0
    ? [`there were no ${code.looked.what} to look at: what this event brings was there before`]
    : []
}

function sayLighter(findings: readonly Finding[], failing: readonly Finding[]): string {
  return `sealward: ${findings.length - failing.length} of ${findings.length} weigh less than fail-on and do not fail the step`
}

/** The page of a pull request's run shows the merge of it, which has the same files and is gone soon; so has every line its own commit. */
function pagesOf({ facts }: ActionScanWorld): SourcePages | null {
  const repository = repositoryPage(process.env)
  return facts.sha === null || repository === null ? null : { repository, commit: facts.sha }
}
