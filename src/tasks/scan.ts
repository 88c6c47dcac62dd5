import type { Finding } from '../core/finding.ts'
import { ignoredBy } from '../core/policy/scan-match.ts'
import type { Baseline, Candidate } from '../core/scan/allow/baseline.ts'
import { AllowanceJudge } from '../core/scan/allow/judge.ts'
import { ScanText } from '../core/scan/engine/scan-text.ts'
import { judgeBlob, onePerLine } from '../core/scan/judge.ts'
import type { ScanOutcome } from '../core/scan/outcome.ts'
import type { Hit, ScanRule } from '../core/scan/rule.ts'
import { cutOff } from './steps/look.ts'
import { Progress } from './steps/scan-progress.ts'
import { readBaseline, type ScanSettings, writeBaseline } from './steps/scan-settings.ts'
import type { Clock, Files, Teller } from './world.ts'
import type { Lookers } from './world-look.ts'
import type { PlaceReader, ScanItem, ScanPlace, ScanSource, ScanStep, Unread } from './world-scan.ts'

export interface ScanRequest {
  /** Where to look, one after the other. */
  readonly sources: readonly ScanSource[]
  /** Texts that are at hand already, such as standard input. */
  readonly items?: AsyncIterable<ScanItem>
  /** Whether all files of the repository are looked at: then an allowance that allows nothing is known to be stale. */
  readonly whole: boolean
  readonly settings: ScanSettings
  /** Puts what is found into the baseline, for this reason. */
  readonly update: { readonly reason: string } | null
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
    baseline: baseline === null ? null : { file: request.settings.baselineFile, content: baseline },
    now: world.clock.now(),
    whole: request.whole,
  })
  const answer = new Answer(judge, request.settings)
  for (const source of request.sources) await look(source, { answer, request, world })
  for await (const item of request.items ?? []) await addPiece(item, answer)
  if (request.update !== null && baseline !== null)
    await updateWith(answer.candidates, baseline, { ...request, reason: request.update.reason }, world)
  return answer.finish({ what: whatOf(request), milliseconds: world.clock.now().getTime() - started })
}

/** What is counted: `versions of files and commit messages`. */
function whatOf({ sources, items }: ScanRequest): string {
  const all = [...(items === undefined ? [] : ['texts']), ...sources.map(({ what }) => what)]
  return [...new Set(all)].join(' and ')
}

/** All pieces of a stream are one text. Without a byte it is none: an empty selection is no pass. */
async function addPiece(item: ScanItem, answer: Answer): Promise<void> {
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
  const steps = withoutIgnored(source.steps(), { reasonFor: reasonsOf(request.settings), ignored, progress })
  for await (const one of world.lookers.look(steps)) {
    if (one.kind === 'suspect') suspects.push(one.place)
    else if (one.kind === 'unread') answer.addUnread(one)
    else {
      answer.tally(one)
      progress.add(one)
    }
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

async function fingerprintsOf({ place, bytes }: ScanItem, rules: readonly ScanRule[]): Promise<string[]> {
  const hits = await judgeBlob({ path: place.path, link: place.link ?? false, bytes }, rules)
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

/** What has been found out so far. */
class Answer {
  readonly candidates: Candidate[] = []
  readonly #findings: Finding[] = []
  readonly #allowed: { finding: Finding; reason: string }[] = []
  readonly #cut = new Map<string, { file: string; why: string }>()
  readonly #judge: AllowanceJudge
  readonly #settings: ScanSettings
  #count = 0
  #bytes = 0

  constructor(judge: AllowanceJudge, settings: ScanSettings) {
    this.#judge = judge
    this.#settings = settings
  }

  tally({ count, bytes }: { readonly count: number; readonly bytes: number }): void {
    this.#count += count
    this.#bytes += bytes
  }

  addUnread({ path, why }: { readonly path: string; readonly why: string }): void {
    this.#cut.set(`${path}\0${why}`, { file: path, why })
  }

  /** @param known fingerprints of what is no news there */
  async addItem(item: ScanItem, known: readonly string[]): Promise<void> {
    const { place, bytes, size, line = 1 } = item
    if (bytes.length < size) this.addUnread(cutOff(item))
    const found = await judgeBlob({ path: place.path, link: place.link ?? false, bytes }, this.#settings.rules)
    const others = found.filter((hit) => !isOwnSalt(hit, this.#settings))
    const hits: Hit[] = others.map((hit) => ({ ...hit, finding: placed(hit.finding, place, line) }))
    // All of them: an allowance may count which one of a name a finding is.
    const verdict = await this.#judge.judge({ file: place.path, text: new ScanText(bytes), hits })
    const news = onePerLine(hits.filter((hit) => !known.includes(hit.fingerprint) && !isRepeated(hit, item)))
    const isNews = new Set(news.map(({ finding }) => finding))
    this.#findings.push(...verdict.findings.filter((finding) => isNews.has(finding)))
    this.#allowed.push(...verdict.allowed.filter(({ finding }) => isNews.has(finding)))
    this.candidates.push(...verdict.candidates)
  }

  finish({ what, milliseconds }: { readonly what: string; readonly milliseconds: number }): ScanOutcome {
    return {
      findings: this.#findings.toSorted(byPlace),
      allowed: this.#allowed,
      stale: this.#judge.finish(),
      looked: { what, count: this.#count, bytes: this.#bytes, milliseconds },
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
