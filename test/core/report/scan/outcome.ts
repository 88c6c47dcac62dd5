import type { Finding } from '../../../../src/core/finding.ts'
import type { ScanOutcome } from '../../../../src/core/scan/outcome.ts'

/** Everything that a file name or a variable's name can try: escapes for terminals, commands for runners, Markdown, HTML, hidden text. */
export const HOSTILE = '::error::x ##[error]y \u001b[31mred\n::warning::z|`<img src=x>`[a](b)*_\u202e\u0007'

export const TOKEN: Finding = {
  rule: 'github-pat',
  file: 'src/deploy.ts',
  line: 12,
  column: 7,
  message: 'a GitHub personal access token (classic)',
  fix: 'Delete it at github.com/settings/tokens.',
  severity: 'critical',
  confidence: 'high',
  preview: 'ghp_\u2026',
  reasons: ['its checksum holds'],
}

export const PASSWORD: Finding = {
  rule: 'generic-password',
  file: 'src/deploy.ts',
  line: 103,
  column: 1,
  name: 'dbPassword',
  message: 'a password in an assignment, a call or a configuration',
  fix: 'Change it where it is used, and read it from the environment or from an encrypted file.',
  severity: 'medium',
  confidence: 'low',
  preview: '\u2026',
  reasons: ['its name says password', 'it is drawn at random'],
}

export const DOTENV: Finding = {
  rule: 'plaintext-dotenv',
  file: '.env',
  message: 'holds 3 values in plain text',
  fix: 'sealward encrypt .env',
}

export const OLD: Finding = {
  ...TOKEN,
  file: 'old/config.php',
  line: 3,
  severity: 'low',
  origin: { commit: 'c0ffee'.padEnd(40, '0'), author: 'A. U. Thor', date: '2026-03-01T12:00:00Z' },
}

export const FORGED: Finding = {
  ...TOKEN,
  file: HOSTILE,
  name: HOSTILE,
  message: HOSTILE,
  fix: HOSTILE,
  rule: HOSTILE,
  preview: HOSTILE,
  reasons: [HOSTILE],
  severity: 'high',
  origin: { commit: HOSTILE, author: HOSTILE, date: HOSTILE },
}

export const LOOKED = { what: 'staged files', count: 12, bytes: 1_258_291, milliseconds: 35.4 }
export const NOTHING: ScanOutcome = { findings: [], allowed: [], stale: [], looked: LOOKED, cut: [] }

/** One of everything, and nothing hostile. */
export const RICH: ScanOutcome = {
  findings: [DOTENV, OLD, TOKEN, PASSWORD, { ...TOKEN, line: 140 }],
  allowed: [
    { finding: { ...TOKEN, file: 'docs/guide.md' }, reason: 'an example from their own documentation', by: 'comment' },
  ],
  stale: [{ file: 'src/a.ts', line: 4, why: 'it allowed nothing' }],
  looked: LOOKED,
  cut: [{ file: 'dump.sql', why: 'only the first 8 of 100 MiB were looked at' }],
}

/** Every text in it is hostile. */
export const HOSTILE_OUTCOME: ScanOutcome = {
  findings: [FORGED],
  allowed: [{ finding: FORGED, reason: HOSTILE }],
  stale: [{ file: HOSTILE, line: 1, why: HOSTILE }],
  looked: { ...LOOKED, what: HOSTILE },
  cut: [{ file: HOSTILE, why: HOSTILE }],
}
