import { join } from 'node:path'
import type { CheckReport } from '../../core/check/judged.ts'
import { type FileManner, printCheckAs } from '../../core/report/check/formats.ts'
import { annotateCheck } from '../../core/report/check/job/annotations.ts'
import { checkOutputs } from '../../core/report/check/job/outputs.ts'
import { printCheckMarkdown, SUMMARY_ROOM } from '../../core/report/check/markdown.ts'
import { printCheck } from '../../core/report/check/text.ts'
import { VERSION } from '../../core/version.ts'
import { repositoryPage } from '../repository-page.ts'
import type { Runner } from '../world.ts'
import { writeReport } from '../write-report.ts'
import type { CheckInputs } from './inputs.ts'
import type { ActionCheckWorld } from './world.ts'

/** Columns of a job's log. */
const LOG_WIDTH = 120

/**
 * Tells the runner what was judged: reports and outputs first, so that they are there whatever follows; then words for people.
 *
 * @param report with the names that may be shown
 * @throws SealwardError io, or usage for a report outside of the job's folders
 */
export async function publish(
  report: CheckReport,
  inputs: CheckInputs,
  told: { readonly world: ActionCheckWorld; readonly runner: Runner },
): Promise<void> {
  const { runner, world } = told
  const manner = { version: VERSION, pages: pagesOf(world) }
  const path = await writeReports(report, inputs, { ...world, manner })
  runner.set({ outputs: [...checkOutputs(report), ['report-path', path]], environment: [] })
  const text = printCheck(report, { all: false, explain: false, width: LOG_WIDTH, paint: (_, words) => words })
  for (const line of text.split('\n').filter(Boolean)) runner.say(line)
  for (const { type, message, ...properties } of annotateCheck(report)) runner.annotate(type, message, properties)
  for (const { message, place, hint } of report.notes.slice(0, MOST_NOTES))
    runner.annotate('notice', hint === undefined ? message : `${message}. ${hint}`, { title: 'sealward', ...place })
  if (inputs.summary)
    runner.summarise(`### Sealward check\n\n${printCheckMarkdown(report, { ...manner, room: SUMMARY_ROOM })}\n`)
}

/** Of the ten notices that GitHub shows, some are for what is due. */
const MOST_NOTES = 3

/** The one in JSON is always there. @returns where that is */
async function writeReports(
  report: CheckReport,
  { reportFiles }: CheckInputs,
  { jobFiles, temporary, randomBytes, manner }: ActionCheckWorld & { readonly manner: FileManner },
): Promise<string> {
  const name = `sealward-check-${Buffer.from(randomBytes(6)).toString('hex')}.json`
  const own = await writeReport(join(temporary, name), await printCheckAs('json', report, manner), jobFiles)
  for (const { path, format } of reportFiles)
    await writeReport(path, await printCheckAs(format, report, manner), jobFiles)
  return own
}

function pagesOf({ facts }: ActionCheckWorld): FileManner['pages'] {
  const repository = repositoryPage(process.env)
  return facts.sha === null || repository === null ? null : { repository, commit: facts.sha }
}
