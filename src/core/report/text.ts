import type { Finding } from '../finding.ts'
import { printable } from './printable.ts'

/** Findings as lines of text: `FILE:LINE: message [rule]`, then the fix. Ends with a line end, or is empty. */
export function printFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => `${printFinding(finding)}\n`).join('')
}

function printFinding({ file, line, rule, name, message, fix }: Finding): string {
  const where = `${printablePath(file)}${line === undefined ? '' : `:${line}`}`
  const head = `${where}: ${name === undefined ? '' : `${name}: `}${message} [${rule}]`
  return fix === undefined ? head : `${head}\n  fix: ${withoutCommands(fix)}`
}

/**
 * A path can hold anything: escape sequences for a terminal, line ends that forge a second finding, and the commands of a CI
 * runner, which are `::` at the start of a line and `##[` anywhere.
 */
export function printablePath(path: string): string {
  return withoutCommands(printable(path)).replace(/^\s*::/, './$&')
}

/** The older form of a runner's commands counts wherever it stands in a line. */
export function withoutCommands(text: string): string {
  return text.replaceAll('##[', '#\\x23[')
}
