import { join } from 'node:path'
import type { Finding } from '../../core/finding.ts'
import type { Floors } from '../../core/policy/floors.ts'
import { fails } from '../../core/policy/scan-match.ts'
import { listAllowed } from '../../core/report/scan/allowed.ts'
import { annotate } from '../../core/report/scan/annotations.ts'
import { printScanJson } from '../../core/report/scan/json.ts'
import { printScanSummary, type SourcePages } from '../../core/report/scan/markdown.ts'
import { printSarifOf } from '../../core/report/scan/sarif-document.ts'
import { printScan } from '../../core/report/scan/text.ts'
import type { ScanOutcome } from '../../core/scan/outcome.ts'
import { VERSION } from '../../core/version.ts'
import type { Runner } from '../world.ts'
import type { ScanInputs } from './inputs.ts'
import type { ActionScanWorld } from './world.ts'

/** What there is to tell of a scan. */
export interface Told {
  readonly outcome: ScanOutcome
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

async function writeReports({ outcome, inputs }: Told, world: ActionScanWorld): Promise<[string, string][]> {
  const name = `sealward-scan-${Buffer.from(world.randomBytes(6)).toString('hex')}.json`
  const report = await write(join(world.temporary, name), printScanJson(outcome, VERSION), world)
  const sarif =
    inputs.sarifFile === null ? '' : await write(inputs.sarifFile, await printSarifOf(outcome, VERSION), world)
  return [
    ['findings', String(outcome.findings.length)],
    ['report-path', report],
    ['sarif-path', sarif],
  ]
}

/** Below the job's own folders and through no link: the files of a checkout may be anybody's. */
async function write(path: string, text: string, { jobFiles }: ActionScanWorld): Promise<string> {
  await jobFiles.write(path, Buffer.from(text))
  return jobFiles.locate(path)
}

/** That nothing was found says nothing when nothing was selected. */
function emptiness({ outcome: { looked }, isChange }: Told): string[] {
  return isChange && looked.count === 0
    ? [`there were no ${looked.what} to look at: what this event brings was there before`]
    : []
}

function sayLighter(findings: readonly Finding[], failing: readonly Finding[]): string {
  return `sealward: ${findings.length - failing.length} of ${findings.length} weigh less than fail-on and do not fail the step`
}

/** The page of a pull request's run shows the merge of it, which has the same files and is gone soon; so has every line its own commit. */
function pagesOf({ facts }: ActionScanWorld): SourcePages | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = process.env
  if (facts.sha === null || !server || !/^https?:\/\/[\w.:-]+$/.test(server) || facts.repository.name === null)
    return null
  return { repository: `${server}/${repository}`, commit: facts.sha }
}
