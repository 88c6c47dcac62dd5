import type { Finding } from '../core/finding.ts'
import { fails, ignoredBy } from '../core/policy/scan-match.ts'
import type { Baseline, Candidate } from '../core/scan/allow/baseline.ts'
import { AllowanceJudge } from '../core/scan/allow/judge.ts'
import { ScanText } from '../core/scan/engine/scan-text.ts'
import { judgeBlob, onePerLine } from '../core/scan/judge.ts'
import type { Allowed, Looked, ScanOutcome } from '../core/scan/outcome.ts'
import type { Hit, ScanRule } from '../core/scan/rule.ts'
import { cutOff, judgedFile } from './steps/look.ts'
import { openJournal, type ResumeRequest } from './steps/scan-journal.ts'
import { Progress } from './steps/scan-progress.ts'
import { readBaseline, type ScanSettings, writeBaseline } from './steps/scan-settings.ts'
import { Verification } from './steps/verify-findings.ts'
import type { Clock, Files, Teller } from './world.ts'
import type { Look, Lookers, Tally } from './world-look.ts'
import type { Probes } from './world-probe.ts'
import type { PlaceReader, ScanItem, ScanMark, ScanPlace, ScanSource, ScanStep, Unread } from './world-scan.ts'

export interface ScanRequest {
  /** Where to look, one after the other. */
  readonly sources: readonly ScanSource[]
  /** Texts that are at hand already, such as standard input. */
  readonly items?: AsyncIterable<ScanItem | Unread>
  /** What those are, in the plural, where it is not `texts`. */
  readonly itemsAre?: string
  /** Whether all files of the repository are looked at: then an allowance that allows nothing is known to be stale. */
  readonly whole: boolean
  /** What was there before: a secret that is anywhere in it is no news. Looked at when there is something to compare with it. */
  readonly before?: ScanSource
  readonly settings: ScanSettings
  /** Puts what is found into the baseline, for this reason. */
  readonly update: { readonly reason: string } | null
  /** Keeps how far it has come, and goes on from there. */
  readonly resume?: ResumeRequest | null
  /** Whether the readers look into archives. Where they do not, how many there were is said. */
  readonly archives?: boolean
}

export interface ScanWorld {
  readonly lookers: Lookers
  /** Reads what the first look named, for the second. */
  readonly reader: PlaceReader
  readonly files: Files
  readonly clock: Clock
  readonly teller: Teller
  /** So many bytes from the system's generator. */
  randomBytes(length: number): Uint8Array
  /** Who can be asked whether what was found still works; absent where nobody is to be asked. */
  readonly probes?: Probes
}

/**
 * Looks for secrets. The first look, by several threads, tells the few texts that have something in them; the second takes away from
 * those what is no news and what somebody allowed.
 *
 * @throws SealwardError git, io, policy-invalid, usage, or what a source throws
 */
export async function scan(request: ScanRequest, world: ScanWorld): Promise<ScanOutcome> {
  const started = world.clock.now().getTime()
  const baseline = await readBaseline(request.settings, world, request.update === null ? 'read' : 'make')
  const judge = new AllowanceJudge({
    policy: request.settings.policy,
    ...(request.settings.comments === undefined ? {} : { comments: request.settings.comments }),
    baseline: baseline === null ? null : { file: request.settings.baselineFile, content: baseline },
    now: world.clock.now(),
    whole: request.whole,
  })
  const verification = world.probes === undefined ? null : new Verification(world.probes)
  const answer = new Answer({ judge, settings: request.settings, verification })
  for (const source of request.sources) await look(source, { answer, request, world })
  for await (const item of request.items ?? []) await addPiece(item, answer)
  if (request.before !== undefined && answer.hasNews()) await forget(request.before, { answer, request, world })
  if (request.update !== null && baseline !== null)
    await updateWith(answer.candidates, baseline, { ...request, reason: request.update.reason }, world)
  if (request.archives !== true) answer.sayPacked()
  const outcome = answer.finish()
  const findings = (await verification?.settle(outcome.findings)) ?? outcome.findings
  const looked = { ...outcome.looked, what: whatOf(request), milliseconds: world.clock.now().getTime() - started }
  return { ...outcome, findings, looked }
}

/** What is counted: `versions of files and commit messages`. */
function whatOf({ sources, items, itemsAre = 'texts' }: ScanRequest): string {
  const all = [...(items === undefined ? [] : [itemsAre]), ...sources.map(({ what }) => what)]
  return [...new Set(all)].join(' and ')
}

/** All pieces of a stream are one text. Without a byte it is none: an empty selection is no pass. */
async function addPiece(item: ScanItem | Unread, answer: Answer): Promise<void> {
  if (item.kind === 'unread') return answer.addUnread(item)
  const { repeated = 0, bytes } = item
  answer.tally({ count: repeated === 0 && bytes.length > 0 ? 1 : 0, bytes: bytes.length - repeated })
  await answer.addItem(item, [])
}

interface Looking {
  readonly answer: Answer
  readonly request: ScanRequest
  readonly world: ScanWorld
}

async function look(source: ScanSource, { answer, request, world }: Looking): Promise<void> {
  const suspects: ScanPlace[] = []
  const progress = new Progress(source.what, world)
  const ignored = new Map<string, number>()
  const take = (one: Exclude<Look, ScanMark>) => {
    if (one.kind === 'suspect') suspects.push(one.place)
    else if (one.kind === 'unread') answer.addUnread(one)
    else answer.tally(one)
  }
  const journal = await openJournal(source, request.resume ?? null, world)
  for (const one of journal.before) take(one)
  const steps = withoutIgnored(journal.rest.steps(), { reasonFor: reasonsOf(request.settings), ignored, progress })
  for await (const one of world.lookers.look(steps)) {
    await journal.add(one)
    if (one.kind === 'tally') progress.add(one)
    if (one.kind !== 'mark') take(one)
  }
  for (const [reason, count] of ignored) answer.addUnread(passedOver(reason, count))
  await lookAgain(suspects, { answer, request, world })
}

function reasonsOf({ policy }: ScanSettings): (path: string) => string | null {
  return policy === null ? () => null : ignoredBy(policy.scan)
}

function passedOver(reason: string, count: number): Unread {
  return {
    kind: 'unread',
    path: '.',
    why: `${count} ${count === 1 ? 'file' : 'files'} ignored by sealward.yml: ${reason}`,
  }
}

interface Passing {
  readonly reasonFor: (path: string) => string | null
  /** How many were passed over, by the reason. */
  readonly ignored: Map<string, number>
  readonly progress: Progress
}

async function* withoutIgnored(
  steps: AsyncIterable<ScanStep>,
  { reasonFor, ignored, progress }: Passing,
): AsyncGenerator<ScanStep> {
  for await (const step of steps) {
    if (step.kind === 'mark') progress.mark(step)
    const reason = step.kind === 'place' ? reasonFor(step.path) : null
    if (reason === null) yield step
    else ignored.set(reason, (ignored.get(reason) ?? 0) + 1)
  }
}

/** What a place replaces is read for it alone: most have nothing in them, and then nobody asks. */
async function lookAgain(suspects: readonly ScanPlace[], { answer, request, world }: Looking): Promise<void> {
  for (const place of suspects) {
    const before = (place.before ?? []).map((id): ScanPlace => ({ kind: 'place', path: place.path, id }))
    const known: string[] = []
    for await (const item of world.reader.read(before))
      if (item.kind === 'item') known.push(...(await fingerprintsOf(item, request.settings.rules)))
    for await (const item of world.reader.read([place])) {
      if (item.kind === 'item') await answer.addItem(item, known)
      else answer.addUnread(item)
    }
  }
}

/** Takes away what was there before, in whatever file: moving or copying a secret does not publish it anew. */
async function forget(before: ScanSource, { answer, request, world }: Looking): Promise<void> {
  const suspects: ScanPlace[] = []
  for await (const one of world.lookers.look(before.steps())) if (one.kind === 'suspect') suspects.push(one.place)
  const known = new Set<string>()
  for await (const item of world.reader.read(suspects))
    if (item.kind === 'item')
      for (const fingerprint of await fingerprintsOf(item, request.settings.rules)) known.add(fingerprint)
  answer.forget(known)
}

async function fingerprintsOf(item: ScanItem, rules: readonly ScanRule[]): Promise<string[]> {
  const hits = await judgeBlob(judgedFile(item), rules)
  return hits.map(({ fingerprint }) => fingerprint)
}

async function updateWith(
  candidates: readonly Candidate[],
  old: Baseline,
  request: ScanRequest & { readonly reason: string },
  world: ScanWorld,
): Promise<void> {
  // Where only a part was looked at, nobody knows whether the rest is gone.
  const kept = request.whole ? [] : old.findings
  const count = await writeBaseline(
    { old, candidates: [...candidates, ...kept], reason: request.reason, file: request.settings.baselineFile },
    world,
  )
  world.teller.note(`the baseline has ${count} ${count === 1 ? 'finding' : 'findings'}`)
}

interface AnswerParts {
  readonly judge: AllowanceJudge
  readonly settings: ScanSettings
  readonly verification: Verification | null
}

/** What has been found out so far. */
class Answer {
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
    const [count, noun] = [this.#packed, this.#packed === 1 ? 'archive' : 'archives']
    if (count > 0) this.addUnread({ path: '.', why: `${count} ${noun} not opened: --archives looks into them` })
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
      cut: [...this.#cut.values()].toSorted((one, other) => compare(one.file, other.file)),
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
  return compare(one.file, other.file) || (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
