import { type OpenFinding, openFindings } from '../report/check/job/open-findings.ts'
import { sayVerdict } from '../report/check/words.ts'
import { printable } from '../report/printable.ts'
import { inertJson } from '../report/scan/json/inert-json.ts'
import type { CheckNews } from './check-news.ts'

const MOST = 10
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** @returns the body of a message for Slack's incoming webhooks, which Mattermost, Rocket.Chat and others take too; JSON in ASCII */
export function printSlack({ report, repository, issue, run }: CheckNews): string {
  const findings = openFindings(report, MOST)
  const more = report.judged.filter(({ level }) => level !== 'ok').length - findings.length
  const lines = [
    `*${plain(repository)}*: ${plain(sayVerdict(report))}`,
    ...findings.map(lineOf),
    ...(more > 0 ? [`and ${more} more`] : []),
    [linkTo(issue, 'the issue'), linkTo(run, 'the run')].filter(Boolean).join(', '),
  ]
  return inertJson({ text: lines.filter(Boolean).join('\n') })
}

function lineOf({ level, name, environment, message }: OpenFinding): string {
  const where = environment === null ? '' : ` (${plain(environment)})`
  return `\u2022 ${level}: ${plain(name)}${where}: ${plain(message)}`
}

/**
 * Text that is text: Slack takes nothing but these three for markup that does something (`<!channel>`, links), and Mattermost takes
 * `@channel` as it stands, so a space without width goes behind the sign.
 */
function plain(text: string): string {
  return printable(text)
    .replace(/[&<>]/g, (character) => ENTITIES[character]!)
    .replaceAll('@', '@\u200b')
}

/** An address of GitHub, and nothing that could end the link before its time. */
function linkTo(page: string | null, words: string): string {
  return page !== null && /^https?:\/\/[\w.:/#-]+$/.test(page) ? `<${page}|${words}>` : ''
}
