import type { Finding } from '../../../finding.ts'
import { digest } from '../../../issues/digest.ts'
import { OF_A_NAME, OF_LOGS } from '../../../scan/leaks/places.ts'
import { OWN_SECRET } from '../../../scan/own/words.ts'
import { amount } from '../../amount.ts'
import { byUrgency, doubtOf, severityOf } from '../order.ts'
import { codeMarkdown, escapeMarkdown } from './markdown-escape.ts'

/** What a run left behind for everybody who may read it. */
export interface Leak {
  readonly run: number
  /** `https://github.com/owner/name`; null where no address is known. */
  readonly repository: string | null
  /** At least one. */
  readonly findings: readonly Finding[]
  /** Whether variables are named: in a public repository everybody reads it. */
  readonly names: boolean
}

/** What an issue about a leak remembers: the first line of its body, unseen by readers. */
export interface LeakMarker {
  readonly run: number
  /** Stands for what was found, without a name or a secret. */
  readonly found: string
}

const LINE = /^<!-- sealward:leak-v1 run=([1-9]\d{0,15}) found=([0-9a-f]{16}) -->$/
const LONGEST_LINE = 200
/** GitHub takes 65,536 characters; what follows the table has less than 3,000. */
const TABLE_CHARACTERS = 50_000
const MOST_ROTATIONS = 20

/** Of what a leak is told by. The kinds and places of findings, not their names. */
export function leakMarker({ run, findings }: Leak): LeakMarker {
  const places = findings.map(({ rule, file, line = 0 }) => [rule, file, line]).map((place) => JSON.stringify(place))
  return { run, found: digest(places.toSorted(), 16) }
}

/** @returns null for the body of any other issue. Only its first line counts: further down anybody may be quoted. */
export function parseLeakMarker(body: string): LeakMarker | null {
  const [, run, found] = LINE.exec(body.slice(0, LONGEST_LINE).split(/\r?\n/, 1)[0]!) ?? []
  return run === undefined || found === undefined ? null : { run: Number(run), found }
}

export function leakTitle({ run }: Leak): string {
  return `A secret stands in what run ${run} left behind`
}

/** The issue's body: what, where, and what to do, the rotation first. Less than 60,000 characters, whatever names are in it. */
export function leakBody(leak: Leak): string {
  const { run, found } = leakMarker(leak)
  const page = leak.repository === null ? `run ${run}` : `[run ${run}](${leak.repository}/actions/runs/${run})`
  return [
    `<!-- sealward:leak-v1 run=${run} found=${found} -->`,
    `Sealward found ${amount(leak.findings.length, 'secret')} in the logs and artifacts of ${page}. Whoever may read the run has them, and may have copied them already.`,
    printTable(leak),
    `### What to do\n\n${[...rotations(leak), ...cleaning(leak)].join('\n')}`,
    'The order matters: deleting first leaves a secret that works with whoever read it. Close this issue when all is done.',
    '',
  ].join('\n\n')
}

function printTable({ findings, names }: Leak): string {
  const head = `| Severity | Where | What${names ? ' | Variable' : ''} |\n|---|---|---${names ? '|---' : ''}|\n`
  const rows: string[] = []
  let room = TABLE_CHARACTERS
  for (const finding of findings.toSorted(byUrgency)) {
    const row = rowOf(finding, names)
    room -= row.length
    if (room < 0) break
    rows.push(row)
  }
  const left = findings.length - rows.length
  return `${head}${rows.join('')}${left === 0 ? '' : `\n... and ${left} more, which the report of the step has.`}`
}

function rowOf(finding: Finding, names: boolean): string {
  const { file, line, message, name } = finding
  const cells = [
    [severityOf(finding), ...doubtOf(finding)].join(', '),
    codeMarkdown(line === undefined ? file : `${file}:${line}`),
    escapeMarkdown(message),
    ...(names ? [name === undefined ? '' : codeMarkdown(name)] : []),
  ]
  return `| ${cells.join(' | ')} |\n`
}

/** A line for each variable of an encrypted file, where names are told; one for all else. */
function rotations({ findings, names }: Leak): string[] {
  const own = findings.filter(({ rule }) => rule === OWN_SECRET)
  const told = names ? [...new Set(own.flatMap(({ name }) => (name === undefined ? [] : [name])))] : []
  const shown = told.slice(0, MOST_ROTATIONS).map((name) => `- [ ] Rotate ${codeMarkdown(name)}: ${HOW}`)
  const rest = shown.length === 0 || told.length > shown.length || own.length < findings.length
  return rest ? [...shown, `- [ ] Rotate ${shown.length === 0 ? 'each of them' : 'the others'}: ${HOW}`] : shown
}

const HOW = 'make a new value where it comes from, encrypt it in place of the old one, then revoke the old one'

function cleaning({ run, findings, repository }: Leak): string[] {
  const name = repository === null ? 'OWNER/NAME' : repository.split('/').slice(-2).join('/')
  const path = `repos/${name}/actions/runs/${run}`
  const logs = `Delete the run's logs: \`gh api -X DELETE ${path}/logs\``
  const all = `Delete the run, for the names of its jobs stay as long as it does: \`gh api -X DELETE ${path}\``
  const artifacts = "Delete the artifacts that are named above, on the run's page"
  const isLog = ({ file }: Finding) => file.startsWith(OF_LOGS)
  const isJobName = (finding: Finding) => isLog(finding) && finding.file.endsWith(OF_A_NAME)
  return [
    ...(findings.some(isLog) ? [`- [ ] ${logs}`] : []),
    ...(findings.every(isLog) ? [] : [`- [ ] ${artifacts}`]),
    ...(findings.some(isJobName) ? [`- [ ] ${all}`] : []),
    '- [ ] Find the step that printed or packed it, so that the next run does not',
  ]
}
