import { byCodeUnits } from '../../../core/code-units.ts'
import type { Finding } from '../../../core/finding.ts'
import { fails } from '../../../core/policy/scan/scan-match.ts'
import { amount } from '../../../core/report/amount.ts'
import type { Candidate } from '../../../core/scan/allow/baseline.ts'
import type { AllowanceJudge } from '../../../core/scan/allow/judge.ts'
import { ScanText } from '../../../core/scan/engine/scan-text.ts'
import { judgeBlob, onePerLine } from '../../../core/scan/judge.ts'
import type { Allowed, Looked, ScanOutcome } from '../../../core/scan/outcome.ts'
import type { Hit } from '../../../core/scan/rule.ts'
import type { Tally } from '../../world/scan/look.ts'
import type { ScanItem, ScanPlace } from '../../world/scan/source.ts'
import { cutOff, judgedFile } from './look.ts'
import type { ScanSettings } from './settings.ts'
import type { Verification } from './verify-findings.ts'

export interface AnswerParts {
  readonly judge: AllowanceJudge
  readonly settings: ScanSettings
  readonly verification: Verification | null
}

/** What a scan has found out so far: findings less what is allowed, is no news, or was said before. */
export class Answer {
  readonly candidates: Candidate[] = []
  readonly #fingerprints = new Map<Finding, string>()
  #findings: Finding[] = []
  #allowed: Allowed[] = []
  readonly #cut = new Map<string, { file: string; why: string }>()
  readonly #judge: AllowanceJudge
  readonly #settings: ScanSettings
  readonly #verification: Verification | null
  #count = 0
  #bytes = 0
  #packed = 0

  constructor({ judge, settings, verification }: AnswerParts) {
    this.#judge = judge
    this.#settings = settings
    this.#verification = verification
  }

  tally({ count, bytes, packed = 0 }: Omit<Tally, 'kind'>): void {
    this.#count += count
    this.#bytes += bytes
    this.#packed += packed
  }

  sayPacked(): void {
    if (this.#packed === 0) return
    this.addUnread({ path: '.', why: `${amount(this.#packed, 'archive')} not opened: --archives looks into them` })
  }

  addUnread({ path, why }: { readonly path: string; readonly why: string }): void {
    this.#cut.set(`${path}\0${why}`, { file: path, why })
  }

  /** @param known fingerprints of what is no news there */
  async addItem(item: ScanItem, known: readonly string[]): Promise<void> {
    const { place, bytes, size, line = 1 } = item
    if (bytes.length < size) this.addUnread(cutOff(item))
    const found = await judgeBlob(judgedFile(item), this.#settings.rules)
    const others = found.filter((hit) => !isOwnSalt(hit, this.#settings))
    const hits: Hit[] = others
      .map((hit) => ({ ...hit, finding: placed(hit.finding, place, line) }))
      .map((hit) => withoutBlame(hit, this.#settings))
    // All of them: an allowance may count which one of a name a finding is.
    const text = new ScanText(bytes)
    const verdict = await this.#judge.judge({ file: place.path, text, hits })
    const news = onePerLine(hits.filter((hit) => !known.includes(hit.fingerprint) && !isRepeated(hit, item)))
    const isNews = new Set(news.map(({ finding }) => finding))
    for (const { finding, fingerprint } of news) this.#fingerprints.set(finding, fingerprint)
    for (const hit of news) this.#verification?.take(hit, text)
    this.#findings.push(...verdict.findings.filter((finding) => isNews.has(finding)))
    this.#allowed.push(...verdict.allowed.filter(({ finding }) => isNews.has(finding)))
    this.candidates.push(...verdict.candidates)
  }

  /** Whether anything was found, allowed or not. */
  hasNews(): boolean {
    return this.#findings.length + this.#allowed.length > 0
  }

  /** @param known fingerprints of what is no news anywhere */
  forget(known: ReadonlySet<string>): void {
    const isNews = (finding: Finding) => !known.has(this.#fingerprints.get(finding) ?? '')
    this.#findings = this.#findings.filter(isNews)
    this.#allowed = this.#allowed.filter(({ finding }) => isNews(finding))
  }

  finish(): Omit<ScanOutcome, 'looked'> & { readonly looked: Pick<Looked, 'count' | 'bytes'> } {
    return {
      findings: this.#findings.toSorted(byPlace),
      allowed: this.#allowed,
      stale: this.#judge.finish(),
      looked: { count: this.#count, bytes: this.#bytes },
      cut: [...this.#cut.values()].toSorted((one, other) => byCodeUnits(one.file, other.file)),
    }
  }
}

/** The salt of a baseline is no secret, and the baseline is read strictly: there is nothing else in it that could be one. */
function isOwnSalt({ finding: { rule, file } }: Hit, { baselineFile }: ScanSettings): boolean {
  return rule === 'generic-salt' && `/${baselineFile}`.endsWith(`/${file}`)
}

/** What lies wholly in what the piece before had as well was said then. */
function isRepeated({ place }: Hit, { repeated = 0 }: ScanItem): boolean {
  return place !== undefined && place.end <= repeated
}

/** A finding that fails nothing is none that a hook would have refused. */
function withoutBlame(hit: Hit, { policy }: ScanSettings): Hit {
  const { finding } = hit
  if (finding.origin?.recent !== true || policy === null || fails(policy.scan, finding)) return hit
  const { recent, ...origin } = finding.origin
  return { ...hit, finding: { ...finding, origin } }
}

/** A piece of a stream begins in the middle of it. */
function placed(finding: Finding, { origin }: ScanPlace, line: number): Finding {
  return {
    ...finding,
    ...(finding.line === undefined ? {} : { line: finding.line + line - 1 }),
    ...(origin === undefined ? {} : { origin }),
  }
}

function byPlace(one: Finding, other: Finding): number {
  return (
    byCodeUnits(one.file, other.file) || (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0)
  )
}
