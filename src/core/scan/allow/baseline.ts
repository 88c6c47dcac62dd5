import * as v from 'valibot'
import { validate } from '../../config/validate.ts'
import { SealwardError } from '../../errors.ts'
import { date, matching, ruleName } from '../../policy/schema-parts.ts'

/** The findings that were there when somebody began to look, each with why it may stay. */
export interface Baseline {
  /** 32 random bytes, drawn when the baseline is made. */
  readonly salt: Uint8Array
  /** By fingerprint, each once. */
  readonly findings: readonly BaselineEntry[]
}

export interface BaselineEntry {
  readonly rule: string
  /** Where it was seen last: for people only. */
  readonly file: string
  /** `baselineFingerprints` makes it. */
  readonly fingerprint: string
  readonly reason: string
  /** The last day (UTC) on which it counts. */
  readonly expires?: string
}

const SALT_BYTES = 32
const MAX_BYTES = 8 * 1024 * 1024
const MAX_FINDINGS = 20_000

const entry = v.strictObject({
  rule: ruleName,
  file: v.pipe(v.string(), v.maxLength(4096, 'is longer than a path')),
  fingerprint: matching(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits'),
  reason: matching(/^(?=.*\S)[^\p{Cc}]{1,500}$/u, 'must be 1 to 500 characters on one line'),
  expires: v.exactOptional(date),
})

const BaselineSchema = v.strictObject({
  version: v.literal(1, 'must be 1'),
  salt: matching(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/, 'must be 32 bytes in base64'),
  findings: v.pipe(
    v.array(entry),
    v.maxLength(MAX_FINDINGS, `has more than ${MAX_FINDINGS} entries`),
    v.check(
      (entries) => new Set(entries.map(({ fingerprint }) => fingerprint)).size === entries.length,
      'has a fingerprint twice',
    ),
  ),
})

/**
 * Reads a baseline.
 *
 * @param file what errors call it
 * @throws SealwardError policy-invalid with file and line, and all problems in one message; limit when it is too large
 */
export function parseBaseline(source: Uint8Array, file: string): Baseline {
  if (source.length > MAX_BYTES) throw new SealwardError('limit', 'the baseline is larger than 8 MiB', { file })
  const text = new TextDecoder().decode(source)
  const lines = text.split('\n').flatMap((line, index) => (line.includes('"fingerprint"') ? [index + 1] : []))
  const lineOf = ([top, index]: readonly (string | number)[]) =>
    (top === 'findings' && typeof index === 'number' ? lines[index] : undefined) ?? 1
  const { output } = validate(BaselineSchema, { value: readJson(text, file), lineOf }, { file, unknownKeys: 'refuse' })
  return { salt: Buffer.from(output.salt, 'base64'), findings: sorted(output.findings) }
}

/** `JSON.parse` quotes the text in its message. */
function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    const hint = 'after a merge, solve the conflict by keeping the lines of both sides'
    throw new SealwardError('policy-invalid', 'the baseline is not JSON', { file, hint })
  }
}

/**
 * The one way to write a baseline: sorted by fingerprint and a finding on each line, so that two branches that add findings seldom
 * touch the same line. `parseBaseline` gives the same baseline back.
 */
export function printBaseline({ salt, findings }: Baseline): string {
  const lines = sorted(findings).map(({ rule, file, fingerprint, reason, expires }) => {
    const members = Object.entries({ rule, file, fingerprint, reason, expires }).filter(
      ([, value]) => value !== undefined,
    )
    return `    { ${members.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(', ')} }`
  })
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`
  return `{\n  "version": 1,\n  "salt": "${Buffer.from(salt).toString('base64')}",\n  "findings": ${list}\n}\n`
}

/** An empty baseline. */
export function newBaseline(salt: Uint8Array): Baseline {
  if (salt.length !== SALT_BYTES) throw new RangeError('the salt of a baseline has 32 bytes')
  return { salt, findings: [] }
}

/** A finding that a baseline could hold. */
export interface Candidate {
  readonly rule: string
  readonly file: string
  readonly fingerprint: string
}

/**
 * A baseline of what is there now: entries of what is still there keep their reason and their last day, what is gone is
 * dropped, and what is new gets the given reason. An entry that has expired stays so: that day was set by somebody, and a
 * blanket update is no second look.
 *
 * @throws SealwardError usage without a reason, or with one that is longer than a line
 */
export function updateBaseline(old: Baseline, found: readonly Candidate[], reason: string): Baseline {
  if (!v.is(entry.entries.reason, reason)) {
    throw new SealwardError('usage', 'a baseline needs a reason, of 1 to 500 characters on one line')
  }
  const before = new Map(old.findings.map((known) => [known.fingerprint, known]))
  const places = new Set(found.map(({ fingerprint, file }) => `${fingerprint} ${file}`))
  const made = new Map<string, BaselineEntry>()
  for (const { rule, file, fingerprint } of found) {
    if (made.has(fingerprint)) continue
    const known = before.get(fingerprint)
    const stays = known !== undefined && places.has(`${fingerprint} ${known.file}`)
    made.set(fingerprint, { ...(known ?? { rule, fingerprint, reason }), file: stays ? known.file : file })
  }
  return { salt: old.salt, findings: sorted([...made.values()]) }
}

function sorted(entries: readonly BaselineEntry[]): BaselineEntry[] {
  return entries.toSorted((one, other) => (one.fingerprint < other.fingerprint ? -1 : 1))
}
