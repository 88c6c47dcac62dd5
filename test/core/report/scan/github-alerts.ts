import type { SarifLog, SarifRule } from '../../../../src/core/report/scan/sarif/types.ts'

/**
 * What code scanning shows of a SARIF file, as its documentation says ("SARIF support for code scanning"): the first location, the
 * message as the title, the rule's words and help beside it, the severity from `security-severity`. It ignores suppressions, and a
 * result that lacks what it requires is an error here.
 */
export function showAlerts(text: string): string {
  const log = JSON.parse(text) as SarifLog
  if (log.version !== '2.1.0' || log.$schema === '') throw new Error('not SARIF 2.1.0')
  return log.runs.flatMap((run) => run.results.map((result) => showAlert(run, result))).join('\n')
}

type Run = SarifLog['runs'][number]

function showAlert({ tool, automationDetails }: Run, result: Run['results'][number]): string {
  const rule = tool.driver.rules[result.ruleIndex]
  if (rule === undefined || rule.id !== result.ruleId) throw new Error(`no rule ${result.ruleId}`)
  const { artifactLocation, region } = result.locations[0]!.physicalLocation
  const { startLine, startColumn, endLine, endColumn } = region!
  if (![startLine, startColumn, endLine, endColumn].every(Number.isInteger)) throw new Error('a region has four ends')
  if (Object.values(result.partialFingerprints).some((value) => value === '')) throw new Error('an empty fingerprint')
  const id = automationDetails.id
  return [
    `${required(result.message.text)}`,
    `  ${severityShown(rule)} (${result.level}), ${(rule.properties.tags as string[]).join(' ')}`,
    `  ${decodeURIComponent(artifactLocation.uri)}:${startLine}:${startColumn}-${endLine}:${endColumn}`,
    `  ${tool.driver.name} ${tool.driver.semanticVersion}, category ${id.slice(0, id.lastIndexOf('/'))}`,
    `  ${rule.id} "${rule.name}": ${required(rule.shortDescription.text)} / ${required(rule.fullDescription.text)}`,
    ...required(rule.help.markdown)
      .split('\n')
      .filter(Boolean)
      .map((line) => `  > ${asText(line)}`),
    '',
  ].join('\n')
}

function required(text: string): string {
  if (text === '' || text.length > 1024) throw new Error('a required text is empty, or longer than is shown')
  return text
}

function severityShown({ properties }: SarifRule): string {
  const score = Number(properties['security-severity'])
  if (score > 9) return 'critical'
  if (score >= 7) return 'high'
  return score >= 4 ? 'medium' : 'low'
}

function asText(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
}
