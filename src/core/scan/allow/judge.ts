import type { Finding } from '../../finding.ts'
import { allowanceFor } from '../../policy/match.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Allowed, AllowedBy, StaleAllowance } from '../outcome.ts'
import type { Baseline, BaselineEntry, Candidate } from './baseline.ts'
import { baselineFingerprints, type FileHits } from './baseline-fingerprint.ts'
import { findComments, MARKER } from './comment.ts'
import { commentFor } from './comment-for.ts'
import { staleBaseline, staleComments, stalePolicy, type Used } from './stale.ts'

/** All that can allow a finding, beside the comments in its file. */
export interface Allowances {
  readonly policy: Policy | null
  readonly baseline: { readonly file: string; readonly content: Baseline } | null
  readonly now: Date
  /** Comments allow nothing: they are somebody's who may not. */
  readonly comments?: 'ignored'
  /** Whether all files of the repository are judged: only then is an allowance that allowed nothing known to be stale. */
  readonly whole: boolean
}

/** What is to be said of one file. */
export interface FileVerdict {
  readonly findings: readonly Finding[]
  readonly allowed: readonly Allowed[]
  /** What only a baseline allows or could allow: for `updateBaseline`. */
  readonly candidates: readonly Candidate[]
}

/**
 * Takes away what somebody allowed, file by file, so that no text is kept. The order is: a comment beside it, a rule that is switched off
 * in sealward.yml, an allowance there, the baseline; the first that speaks gives the reason.
 */
export class AllowanceJudge {
  readonly #allowances: Allowances
  readonly #today: string
  readonly #used: Used = { comments: new Set(), entries: new Set(), settings: new Set() }
  readonly #stale: StaleAllowance[] = []
  readonly #entries: ReadonlyMap<string, BaselineEntry>

  constructor(allowances: Allowances) {
    this.#allowances = allowances
    this.#today = allowances.now.toISOString().slice(0, 10)
    const entries = allowances.baseline?.content.findings ?? []
    this.#entries = new Map(entries.map((entry) => [entry.fingerprint, entry]))
  }

  /** @param found every hit of the file, also those that are no news: the baseline counts them */
  async judge(found: FileHits): Promise<FileVerdict> {
    const comments = this.#isRead(found) ? findComments(found.text) : []
    const salt = this.#allowances.baseline?.content.salt
    const prints = salt === undefined || found.hits.length === 0 ? [] : await baselineFingerprints(found, salt)
    const verdict = {
      findings: [] as Finding[],
      allowed: [] as Allowed[],
      candidates: [] as Candidate[],
    }
    for (const [index, { finding }] of found.hits.entries()) {
      const answer = commentFor(comments, finding, this.#today)
      if (answer !== null) this.#used.comments.add(answer.comment)
      const [stated, by] = answer?.kind === 'allowed' ? [answer.reason, 'comment' as const] : this.#byPolicy(finding)
      const fingerprint = prints[index] ?? null
      const reason = stated ?? this.#byBaseline(fingerprint)
      if (stated === null && fingerprint !== null) verdict.candidates.push({ ...pick(finding), fingerprint })
      if (reason === null) verdict.findings.push(finding)
      else verdict.allowed.push({ finding, reason, by })
    }
    const own = comments.filter(({ marker }) => marker === MARKER)
    this.#stale.push(...staleComments(own, { ...this.#facts(), file: found.file }))
    return verdict
  }

  /** What is stale, once all files were judged: by file and line. */
  finish(): StaleAllowance[] {
    const { policy, baseline } = this.#allowances
    return [
      ...this.#stale,
      ...(policy === null ? [] : stalePolicy(policy, this.#facts())),
      ...(baseline === null ? [] : staleBaseline(baseline.content, { ...this.#facts(), file: baseline.file })),
    ].sort((one, other) =>
      one.file < other.file ? -1 : one.file > other.file ? 1 : (one.line ?? 0) - (other.line ?? 0),
    )
  }

  /** Where there is nothing to allow, a comment is read to know that it is stale. */
  #isRead({ hits }: FileHits): boolean {
    const { comments, whole } = this.#allowances
    return comments !== 'ignored' && (hits.length > 0 || whole)
  }

  #facts() {
    return { used: this.#used, today: this.#today, whole: this.#allowances.whole }
  }

  /** @returns the reason, and who gives one: without one it is the baseline's turn */
  #byPolicy({ file, rule }: Finding): [string | null, AllowedBy] {
    const { policy, now } = this.#allowances
    if (policy === null) return [null, 'baseline']
    const entry =
      policy.scan.disable.find((disabled) => disabled.rule === rule) ?? allowanceFor(policy, { path: file, rule, now })
    if (entry === null) return [null, 'baseline']
    this.#used.settings.add(entry)
    return [entry.reason, 'policy']
  }

  #byBaseline(fingerprint: string | null): string | null {
    const entry = fingerprint === null ? undefined : this.#entries.get(fingerprint)
    if (entry === undefined) return null
    this.#used.entries.add(entry)
    return entry.expires !== undefined && this.#today > entry.expires ? null : entry.reason
  }
}

function pick({ rule, file }: Finding): { rule: string; file: string } {
  return { rule, file }
}
