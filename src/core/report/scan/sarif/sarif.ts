import type { Finding } from '../../../finding.ts'
import type { RuleWords } from '../../../scan/all-rules.ts'
import type { ScanOutcome } from '../../../scan/outcome.ts'
import type { Severity } from '../../../scan/tokens/token-rule.ts'
import { amount } from '../../amount.ts'
import { printable } from '../../printable.ts'
import { shorten } from '../amounts.ts'
import { inertJson } from '../json/inert-json.ts'
import { byUrgency, severityOf } from '../order.ts'
import { fileOf, locationOf } from './location.ts'
import { describeRule, LEVELS } from './rule.ts'
import type { SarifLog, SarifNotification, SarifResult, SarifRule, SarifSuppression } from './types.ts'

/** A finding, and a fingerprint by which it is known again on another line: one that may be published, so under a salt. */
export interface Fingerprinted {
  readonly finding: Finding
  readonly fingerprint: string
}

export interface AllowedResult extends Fingerprinted {
  readonly reason: string
  /** The allowance is a comment beside the finding, and not in a file of its own. */
  readonly inSource: boolean
}

export interface SarifReport {
  readonly findings: readonly Fingerprinted[]
  /** Become suppressed results. Give none for an upload to GitHub: it ignores suppressions and would open an alert for each. */
  readonly allowed: readonly AllowedResult[]
  readonly cut: ScanOutcome['cut']
  /** Tells the analyses of one commit apart: `sealward/tree`. */
  readonly category: string
  /** Sealward's own. */
  readonly version: string
  describe(rule: string): RuleWords
}

/** GitHub rejects a file with more results in a run, or with more than 10 MB after gzip; so much for the rules is left. */
const MOST_RESULTS = 25_000
const MOST_BYTES = 8_000_000
/** GitHub stores no more of them, whatever their severity: so the worst stand first. */
const STORED = 5_000
const MOST_NOTIFICATIONS = 100

/** A scan's answer as SARIF 2.1.0, for code scanning: one run, the most urgent first, in ASCII. Ends with a line end. */
export function printSarif(report: SarifReport): string {
  const all = [...report.findings, ...report.allowed].toSorted((one, other) => byUrgency(one.finding, other.finding))
  const rules = rulesOf(all, report)
  const index = new Map(rules.map(({ id }, at) => [id, at]))
  const results = withinBounds(all.slice(0, MOST_RESULTS).map((one) => resultOf(one, index)))
  const log: SarifLog = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { ...DRIVER, semanticVersion: report.version, rules } },
        automationDetails: { id: `${report.category}/` },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The top of the repository.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notificationsOf(report, { all: all.length, kept: results.length }),
          },
        ],
        results,
      },
    ],
  }
  return `${inertJson(log)}\n`
}

/** What made the file, but for its version. */
export const DRIVER = { name: 'sealward', informationUri: 'https://github.com/sealward/sealward' }

/** The rules that occur, by id. */
function rulesOf(all: readonly Fingerprinted[], { describe, version }: SarifReport): SarifRule[] {
  const worst = new Map<string, Severity>()
  for (const { finding } of all.toReversed()) worst.set(finding.rule, severityOf(finding))
  return [...worst]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, severity]) => describeRule({ id, words: describe(id), severity, version }))
}

function resultOf(one: Fingerprinted | AllowedResult, rules: ReadonlyMap<string, number>): SarifResult {
  const { finding, fingerprint } = one
  const severity = severityOf(finding)
  return {
    ruleId: finding.rule,
    ruleIndex: rules.get(finding.rule)!,
    level: LEVELS[severity],
    message: { text: messageOf(finding) },
    locations: [locationOf(finding)],
    partialFingerprints: { 'sealwardFingerprint/v1': fingerprint },
    ...('reason' in one ? { suppressions: [suppressionOf(one)] } : {}),
    properties: { severity, confidence: finding.confidence ?? 'high', ...verifiedOf(finding), ...originOf(finding) },
  }
}

function suppressionOf({ reason, inSource }: AllowedResult): SarifSuppression {
  return {
    kind: inSource ? 'inSource' : 'external',
    status: 'accepted',
    justification: shorten(printable(reason), 1000),
  }
}

/** The first sentence is the title of an alert. */
function messageOf({ message, name, origin }: Finding): string {
  const subject = name === undefined ? '' : `${plainWords(name)}: `
  const where = origin === undefined ? '' : `, in commit ${plainWords(origin.commit)}`
  return `${subject}${plainWords(message)}${where}.`
}

/** SARIF 3.11.5 and 3.11.6: `[a](b)` in a message is a link and `{0}` a placeholder, and not every viewer knows the escapes for them. */
export function plainWords(text: string): string {
  return shorten(printable(text)).replace(/[[\]{}\\]/g, '?')
}

function originOf({ origin }: Finding): Record<string, string> {
  if (origin === undefined) return {}
  const { commit, author, date } = origin
  return {
    commit,
    ...(author === undefined ? {} : { author: shorten(author) }),
    ...(date === undefined ? {} : { date }),
  }
}

function verifiedOf({ verified }: Finding): Record<string, string> {
  return verified === undefined ? {} : { verified }
}

/** As many from the front as fit. The text is ASCII when it is written: a character outside of it takes six bytes. */
export function withinBounds(results: readonly SarifResult[]): SarifResult[] {
  let bytes = 0
  const end = results.findIndex((result) => {
    bytes += inertJson(result).length + 1
    return bytes > MOST_BYTES
  })
  return end < 0 ? [...results] : results.slice(0, end)
}

/** What a reader of the results has to know beside them. */
function notificationsOf({ cut }: SarifReport, { all, kept }: { all: number; kept: number }): SarifNotification[] {
  const files = cut.slice(0, MOST_NOTIFICATIONS).map(
    ({ file, why }): SarifNotification => ({
      level: 'warning',
      message: { text: `Not looked at whole: ${plainWords(why)}.` },
      locations: [fileOf(file)],
    }),
  )
  const words = [
    all > kept ? `Of ${amount(all, 'result')} only the ${kept} most urgent ones are here.` : '',
    kept > STORED ? `GitHub stores the first ${STORED} of ${kept} results; the most urgent ones stand first.` : '',
    cut.length > MOST_NOTIFICATIONS ? `${cut.length} files were not looked at whole.` : '',
  ]
  return [
    ...words.filter(Boolean).map((text): SarifNotification => ({ level: 'warning', message: { text } })),
    ...files,
  ]
}
