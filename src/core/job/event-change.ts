import { at, type Json, parseJson, textOf } from '../trust/json.ts'

/** What an event brings to a repository. */
export interface EventChange {
  /** The newest commit of it. */
  readonly head: string
  /** The commit that it is added to; null for a new branch or tag. */
  readonly base: string | null
  /** What counts as there before when `base` is no help: the branch of a clone that it is to go to, or that is the default. */
  readonly trunk: string | null
  /** What people wrote about it and no commit holds. */
  readonly texts: readonly EventText[]
}

export interface EventText {
  /** No path of a file: `(pull request title)`. */
  readonly name: string
  /** What it belongs to: `pull request 12`. */
  readonly of: string
  readonly text: string
}

/** What an event is about: a change; that something is gone; or the repository as it is. */
export type EventSubject =
  | { readonly kind: 'change'; readonly change: EventChange }
  | { readonly kind: 'removal' }
  | { readonly kind: 'state' }

const COMMIT = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/
const NOTHING = /^0+$/
/** What git lets nobody write into a name of a branch, and what would be an expression. */
const BRANCH = /^(?!-)(?!.*(?:\.\.|@\{))[^\0-\x20\x7f~^:?*[\\]{1,1024}$/

/**
 * Reads from an event's payload what the event brings. All of it was written by whoever caused the event.
 *
 * @param payload the bytes at GITHUB_EVENT_PATH; null when they cannot be read
 * @returns null for a change whose payload does not say which: that is no reason to look at less
 */
export function readEventSubject(event: string, payload: Uint8Array | null): EventSubject | null {
  switch (event) {
    case 'push':
      return readPush(parseJson(payload))
    case 'pull_request':
    case 'pull_request_target':
    case 'pull_request_review':
    case 'pull_request_review_comment':
      return readPullRequest(parseJson(payload))
    case 'merge_group':
      return readMergeGroup(parseJson(payload))
    default:
      return { kind: 'state' }
  }
}

function readPush(payload: Json): EventSubject | null {
  if (at(payload, 'deleted') === true) return { kind: 'removal' }
  const trunk = textOf(at(payload, 'repository', 'default_branch'))
  const isTrunk = at(payload, 'ref') === `refs/heads/${trunk}`
  return changeOf({
    head: at(payload, 'after'),
    base: at(payload, 'before'),
    trunk: isTrunk ? null : trunk,
    texts: [],
  })
}

function readPullRequest(payload: Json): EventSubject | null {
  const of = (...way: string[]) => at(payload, 'pull_request', ...way)
  const number = of('number')
  const name = Number.isSafeInteger(number) ? `pull request ${number}` : 'pull request'
  const texts = (['title', 'body'] as const).flatMap((key) => {
    const text = textOf(of(key))
    return text === null ? [] : [{ name: TEXT_NAMES[key], of: name, text }]
  })
  return changeOf({ head: of('head', 'sha'), base: of('base', 'sha'), trunk: textOf(of('base', 'ref')), texts })
}

const TEXT_NAMES = { title: '(pull request title)', body: '(pull request description)' } as const

function readMergeGroup(payload: Json): EventSubject | null {
  const of = (name: string) => at(payload, 'merge_group', name)
  const trunk = textOf(of('base_ref'))?.replace(/^refs\/heads\//, '') ?? null
  return changeOf({ head: of('head_sha'), base: of('base_sha'), trunk, texts: [] })
}

interface Said {
  readonly head: Json
  readonly base: Json
  /** A branch. */
  readonly trunk: string | null
  readonly texts: readonly EventText[]
}

function changeOf({ head, base, trunk, texts }: Said): EventSubject | null {
  const [newest, before] = [textOf(head), textOf(base)]
  if (newest === null || before === null || !COMMIT.test(newest) || !COMMIT.test(before)) return null
  return {
    kind: 'change',
    change: {
      head: newest,
      base: NOTHING.test(before) ? null : before,
      trunk: trunk === null || !BRANCH.test(trunk) ? null : `refs/remotes/origin/${trunk}`,
      texts,
    },
  }
}
