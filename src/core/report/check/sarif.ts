import type { CheckNote, CheckReport, Judged, Level } from '../../check/judged.ts'
import { byUrgency } from '../../check/judged.ts'
import { amount } from '../amount.ts'
import { inertJson } from '../scan/json/inert-json.ts'
import { fileOf, locationOf } from '../scan/sarif/location.ts'
import { DRIVER, plainWords, withinBounds } from '../scan/sarif/sarif.ts'
import type { SarifLevel, SarifLog, SarifNotification, SarifResult, SarifRule } from '../scan/sarif/types.ts'
import { proseMarkdown } from './prose-markdown.ts'

/** GitHub stores no more results of a run than these. */
const MOST_RESULTS = 5_000
const MOST_NOTIFICATIONS = 100

/** What has no file of its own, a person or an endpoint, is declared there; GitHub shows no result without a file. */
const POLICY = 'sealward.yml'

type Urgent = Exclude<Level, 'ok'>

const LEVELS: Readonly<Record<Urgent, SarifLevel>> = {
  overdue: 'error',
  critical: 'error',
  late: 'warning',
  due: 'note',
}
/** GitHub: over 9.0 is critical, from 7.0 high, from 4.0 medium, below low. What is late is not yet what has leaked. */
const SCORES: Readonly<Record<Urgent, string>> = { overdue: '8.0', critical: '7.0', late: '5.5', due: '2.5' }
const PROBLEMS: Readonly<Record<SarifLevel, string>> = { error: 'error', warning: 'warning', note: 'recommendation' }

type UrgentJudged = Judged & { readonly level: Urgent }

/**
 * What is due or worse as SARIF 2.1.0 for code scanning: one run, the most urgent first, each at the line of its name, known again by its
 * id however often the file is encrypted anew. In ASCII. Ends with a line end.
 *
 * @param version Sealward's own
 */
export function printCheckSarif({ judged, notes }: CheckReport, version: string): string {
  const all = judged.filter(isUrgent).toSorted(byUrgency)
  const rules = rulesOf(all, version)
  const index = new Map(rules.map(({ id }, at) => [id, at]))
  const results = withinBounds(all.slice(0, MOST_RESULTS).map((one) => resultOf(one, index)))
  const left = all.length - results.length
  const log: SarifLog = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { ...DRIVER, semanticVersion: version, rules } },
        automationDetails: { id: 'sealward-check/' },
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The top of the repository.' } } },
        invocations: [{ executionSuccessful: true, toolExecutionNotifications: notificationsOf(notes, left) }],
        results,
      },
    ],
  }
  return `${inertJson(log)}\n`
}

function isUrgent(judged: Judged): judged is UrgentJudged {
  return judged.level !== 'ok'
}

function resultOf({ id, rule, level, kind, name, message, place }: UrgentJudged, rules: Rules): SarifResult {
  const text = `${plainWords(name)}: ${plainWords(message)}.`
  return {
    ruleId: rule,
    ruleIndex: rules.get(rule)!,
    level: LEVELS[level],
    message: { text },
    locations: [locationOf({ rule, message, ...(place ?? { file: POLICY }) })],
    partialFingerprints: { 'sealwardFingerprint/v1': id },
    properties: { level, kind },
  }
}

type Rules = ReadonlyMap<string, number>

/** The rules that occur, by id, each with the severity of its worst result: GitHub knows severities of rules only. */
function rulesOf(all: readonly UrgentJudged[], version: string): SarifRule[] {
  const worst = new Map<string, UrgentJudged>()
  for (const one of all.toReversed()) worst.set(one.rule, one)
  return [...worst.values()]
    .toSorted((one, other) => (one.rule < other.rule ? -1 : 1))
    .map((one) => describeRule(one, version))
}

function describeRule({ rule, level, advice }: UrgentJudged, version: string): SarifRule {
  const words = plainWords(rule).replaceAll('-', ' ')
  const step = advice === '' ? 'See the page of the rule.' : plainWords(advice)
  const helpUri = `https://github.com/sealward/sealward/blob/v${version}/docs/check.md#${encodeURIComponent(rule.toWellFormed())}`
  return {
    id: rule,
    name: pascalCase(words),
    shortDescription: { text: `Due: ${words}` },
    fullDescription: { text: `What sealward check asks under the name ${words}.` },
    helpUri,
    help: { text: step, markdown: `${proseMarkdown(advice)}\n\n[The rule](${helpUri})` },
    defaultConfiguration: { level: LEVELS[level] },
    properties: {
      tags: ['security', 'maintainability'],
      'security-severity': SCORES[level],
      'problem.severity': PROBLEMS[LEVELS[level]],
    },
  }
}

function notificationsOf(notes: readonly CheckNote[], left: number): SarifNotification[] {
  const shown = notes.slice(0, MOST_NOTIFICATIONS).map(
    ({ message, place }): SarifNotification => ({
      level: 'warning',
      message: { text: `${plainWords(message)}.` },
      ...(place === undefined ? {} : { locations: [fileOf(place.file)] }),
    }),
  )
  const words = [
    left > 0 ? `${amount(left, 'less urgent result')} had no room here.` : '',
    notes.length > MOST_NOTIFICATIONS ? `There are ${notes.length} notes in all.` : '',
  ]
  return [
    ...words.filter(Boolean).map((text): SarifNotification => ({ level: 'warning', message: { text } })),
    ...shown,
  ]
}

/** SARIF 3.49.7: a name is for people and differs from the id. */
function pascalCase(words: string): string {
  return words.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase())
}
