import type { Origin } from '../../../core/finding.ts'
import type { ScanSource, ScanStep, Unread } from '../../../tasks/world/scan/source.ts'
import { Places, walkCommits } from './plumbing/commits.ts'
import { findMissing, readFacts, sayMissing, sayShallow } from './plumbing/facts.ts'
import { listObjects } from './plumbing/listed-objects.ts'
import { listMessages, type OriginOf } from './plumbing/messages.ts'
import { readPush } from './plumbing/push-lines.ts'
import { readRange } from './plumbing/range-text.ts'
import type { Revisions } from './plumbing/revisions.ts'

/** A part of history. Without any revisions there is nothing to look at. */
export interface Reach {
  readonly revisions: Revisions
  /** What was asked for and is not in it. */
  readonly unread: readonly Unread[]
}

/** What a part of history holds: files, and what people wrote about them. */
export interface PublishedSources {
  readonly files: ScanSource
  readonly messages: ScanSource
}

/**
 * What a range adds.
 *
 * @param range `A..B` is what B has and A has not; `A...B` is the same, as `git diff` writes it. An empty side is HEAD. An A of zeros, which
 * is how hooks and events write "nothing", is everything that B has.
 */
export function openRange(range: string): PublishedSources {
  return openPublished(() => readRange(range))
}

/** What a push would publish. `lines` is the standard input of the pre-push hook, `remote` its first argument. */
export function openPush(lines: string, remote: string): PublishedSources {
  return openPublished(() => readPush(lines, remote))
}

/** What some revisions hold. */
export function openRevisions(revisions: Revisions): PublishedSources {
  return openPublished(async () => ({ revisions, unread: [] }))
}

/** Everything that refs reach: the messages. The files are `openHistory`. */
export function openAllMessages(): ScanSource {
  return messagesOf(
    async () => ({ revisions: ['--all'], unread: [] }),
    ({ id }) => ({ commit: id }),
  )
}

function openPublished(find: () => Promise<Reach>): PublishedSources {
  return {
    files: {
      what: 'versions of files',
      async *steps() {
        const { revisions, unread } = await find()
        yield* unread
        if (revisions.length > 0) yield* listFiles(revisions)
      },
    },
    messages: messagesOf(find, recentOrigin),
  }
}

/** These commits are somebody's work of now, which the hooks were to see. */
function recentOrigin({ id, date }: Parameters<OriginOf>[0]): Origin {
  return { commit: id, date, recent: true }
}

function messagesOf(find: () => Promise<Reach>, originOf: OriginOf): ScanSource {
  return {
    what: 'commit messages',
    async *steps() {
      const { revisions } = await find()
      if (revisions.length > 0) yield* listMessages(revisions, originOf)
    },
  }
}

/**
 * Each content that is in the range and not in the trees that it starts from, once, with the commit that brought it. Content that was
 * there and has a new name comes with itself as `before`: to know that it is a `.env` now, the name is enough.
 */
async function* listFiles(revisions: Revisions): AsyncGenerator<ScanStep> {
  const facts = await readFacts()
  const missing = await findMissing(facts, revisions)
  yield* sayShallow(facts)
  yield* sayMissing(missing)
  const added = new Map<string, string>()
  for await (const { id, name } of listObjects('blob', revisions)) added.set(id, name)
  const places = new Places(missing, recentOrigin)
  for await (const commit of walkCommits(revisions)) {
    for (const step of places.of(commit)) {
      const known = step.kind === 'place' && !added.delete(step.id!)
      yield known ? { ...step, before: [step.id!] } : step
    }
  }
  // What no commit of the range brought: a tag of a tree or of a blob.
  for (const [id, name] of added) if (!missing.has(id)) yield { kind: 'place', path: name || id, id }
}
