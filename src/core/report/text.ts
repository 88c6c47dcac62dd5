import type { Finding } from '../finding.ts'

/** Findings as lines of text: `FILE:LINE: message [rule]`, then the fix. Ends with a line end, or is empty. */
export function printFindings(findings: readonly Finding[]): string {
  return findings.map((finding) => `${printFinding(finding)}\n`).join('')
}

function printFinding({ file, line, rule, name, message, fix }: Finding): string {
  const where = `${printablePath(file)}${line === undefined ? '' : `:${line}`}`
  const head = `${where}: ${name === undefined ? '' : `${name}: `}${message} [${rule}]`
  return fix === undefined ? head : `${head}\n  fix: ${fix}`
}

/** A path can hold anything: escape sequences for a terminal, line ends that forge a second finding, workflow commands. */
export function printablePath(path: string): string {
  return path.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?')
}
