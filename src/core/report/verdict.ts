import type { Finding } from '../finding.ts'
import type { StaleAllowance } from '../scan/outcome.ts'
import { amount } from './amount.ts'
import { printablePath, printFindings } from './text.ts'

/** What a hook looked at and what it thinks of it. */
export interface HookVerdict {
  /** How many files or messages. */
  readonly looked: number
  readonly findings: readonly Finding[]
  readonly allowed: readonly { readonly finding: Finding; readonly reason: string }[]
  /** What was too large to be read whole: the rest of each was not looked at. */
  readonly cut: readonly { readonly path: string; readonly size: number }[]
  /** Allowances that somebody may have counted on. */
  readonly mend: readonly StaleAllowance[]
}

export interface Manner {
  readonly milliseconds: number
  /** What was looked at: what is staged, what was named on the command line, or the message. */
  readonly what: 'staged file' | 'named file' | 'commit message'
  paint(colour: 'red' | 'green', text: string): string
}

/** More would not be read. The fixes work on all of a kind at once. */
const SHOWN = 50
const MIB = 1024 * 1024

/** A hook's whole answer: each finding, how to allow one, and what was looked at. Ends with a line end. */
export function printVerdict(verdict: HookVerdict, manner: Manner): string {
  const { findings, allowed, cut, mend } = verdict
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
    ...mend.map(
      ({ file, line, why }) => `${printablePath(file)}:${line}: an allowance to mend: ${printablePath(why)}\n`,
    ),
    `sealward: ${summary(verdict, manner)}\n`,
    findings[0] === undefined ? '' : howToGoOn(findings[0], manner),
  ].join('')
}

function summary({ looked, findings, allowed }: HookVerdict, { what, milliseconds, paint }: Manner): string {
  if (looked === 0) return `no ${what}s to look at`
  const counted = `${amount(looked, what)} looked at in ${Math.round(milliseconds)} ms`
  const known = allowed.length === 0 ? '' : `, ${allowed.length} allowed`
  if (findings.length === 0) return `${counted}, ${paint('green', 'nothing to refuse')}${known}`
  return `${counted}, ${paint('red', `${amount(findings.length, 'finding')}: refused`)}${known}`
}

function howToGoOn({ file, rule }: Finding, { what }: Manner): string {
  const message = `  Git keeps the message. To mend it and commit:
    git commit --edit --file "$(git rev-parse --git-dir)/COMMIT_EDITMSG"
`
  return `${what === 'commit message' ? message : ''}  A false alarm, or meant to be public? Say why in sealward.yml, and stage it:
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
