import type { Finding } from '../finding.ts'
import { amount } from './amount.ts'
import { printablePath, printFindings } from './text.ts'

/** What a hook looked at and what it thinks of it. */
export interface HookVerdict {
  readonly looked: number
  readonly findings: readonly Finding[]
  readonly allowed: readonly { readonly finding: Finding; readonly reason: string }[]
  readonly cut: readonly { readonly path: string; readonly size: number }[]
}

export interface Manner {
  readonly milliseconds: number
  /** What the files are: staged ones, or the ones named on the command line. */
  readonly files: 'staged' | 'named'
  paint(colour: 'red' | 'green', text: string): string
}

/** More would not be read. The fixes work on all of a kind at once. */
const SHOWN = 50
const MIB = 1024 * 1024

/** A hook's whole answer: each finding, how to allow one, and what was looked at. Ends with a line end. */
export function printVerdict(verdict: HookVerdict, manner: Manner): string {
  const { findings, allowed, cut } = verdict
  const rest = findings.length - SHOWN
  return [
    printFindings(findings.slice(0, SHOWN)),
    rest > 0 ? `... and ${rest} more\n` : '',
    ...cut.map(
      ({ path, size }) => `${printablePath(path)}: only the first 8 of ${Math.ceil(size / MIB)} MiB were looked at\n`,
    ),
    ...allowed.map(
      ({ finding, reason }) => `${printablePath(finding.file)}: ${finding.rule} is allowed: ${printablePath(reason)}\n`,
    ),
    `sealward: ${summary(verdict, manner)}\n`,
    findings[0] === undefined ? '' : howToAllow(findings[0]),
  ].join('')
}

function summary({ looked, findings, allowed }: HookVerdict, { files, milliseconds, paint }: Manner): string {
  if (looked === 0) return `no ${files} files to look at`
  const counted = `${amount(looked, `${files} file`)} looked at in ${Math.round(milliseconds)} ms`
  const known = allowed.length === 0 ? '' : `, ${allowed.length} allowed`
  if (findings.length === 0) return `${counted}, ${paint('green', 'nothing to refuse')}${known}`
  return `${counted}, ${paint('red', `${amount(findings.length, 'finding')}: refused`)}${known}`
}

function howToAllow({ file, rule }: Finding): string {
  return `  A false alarm, or meant to be public? Say why in sealward.yml, and stage it:
    hook:
      allow:
        - path: "${asGlob(file)}"
          rule: ${rule}
          reason: ...
`
}

/** A glob that means this path. A character that means something else to globs or to YAML is any character. */
function asGlob(path: string): string {
  return path.replace(/[*[\]{}!@+()\\"]|\p{C}|\p{Z}(?<! )/gu, '?')
}
