import { ignoredBy } from '../../core/policy/scan/scan-match.ts'
import { amount } from '../../core/report/amount.ts'
import type { Baseline, Candidate } from '../../core/scan/allow/baseline.ts'
import { AllowanceJudge } from '../../core/scan/allow/judge.ts'
import { judgeBlob } from '../../core/scan/judge.ts'
import type { ScanOutcome } from '../../core/scan/outcome.ts'
import type { ScanRule } from '../../core/scan/rule.ts'
import { Answer } from '../steps/scan/answer.ts'
import { openJournal, type ResumeRequest } from '../steps/scan/journal.ts'
import { judgedFile } from '../steps/scan/look.ts'
import { Progress } from '../steps/scan/progress.ts'
import { readBaseline, type ScanSettings, writeBaseline } from '../steps/scan/settings.ts'
import { Verification } from '../steps/scan/verify-findings.ts'
import type { Look, Lookers } from '../world/scan/look.ts'
import type { Probes } from '../world/scan/probe.ts'
import type { PlaceReader, ScanItem, ScanMark, ScanPlace, ScanSource, ScanStep, Unread } from '../world/scan/source.ts'
import type { Clock, Files, Teller } from '../world.ts'

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
    why: `${amount(count, 'file')} ignored by sealward.yml: ${reason}`,
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
  world.teller.note(`the baseline has ${amount(count, 'finding')}`)
}
