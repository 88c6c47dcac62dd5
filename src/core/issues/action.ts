import { OWN_LABEL } from './settings.ts'

/** One thing to do at GitHub, as data. */
export type IssueAction = CreateAction | CommentAction | ChangeAction

export interface CreateAction {
  readonly do: 'create'
  readonly id: string
  readonly title: string
  readonly body: string
  /** Logins, of whom those become assignees that can. */
  readonly owners: readonly string[]
}

export interface CommentAction {
  readonly do: 'comment'
  readonly issue: number
  readonly body: string
  /** The same for the same news: a comment that is there already, by a run that broke or ran at the same time, is not written again. */
  readonly key: string
}

export interface ChangeAction {
  readonly do: 'update' | 'close' | 'reopen'
  readonly issue: number
  readonly title?: string
  readonly body?: string
  readonly labels?: readonly string[]
  /** Of a closing only. */
  readonly reason?: 'completed' | 'not_planned' | 'duplicate'
  /** Logins, to be added to the assignees where they can be. */
  readonly owners?: readonly string[]
}

const KEY = /^<!-- sealward:v1 comment=([0-9a-f]{16}) -->$/

/** What GitHub is told of a change, but for the assignees. */
export function changesOf({ do: what, title, body, labels, reason }: ChangeAction) {
  return {
    ...(title === undefined ? {} : { title }),
    ...(body === undefined ? {} : { body }),
    ...(labels === undefined ? {} : { labels }),
    ...(what === 'close' ? { state: 'closed' as const, stateReason: reason ?? ('completed' as const) } : {}),
    ...(what === 'reopen' ? { state: 'open' as const, stateReason: 'reopened' as const } : {}),
  }
}

/** The labels of a new issue. */
export function labelsOfNew(): string[] {
  return [OWN_LABEL.name]
}

/** The first line of a comment. */
export function printKey(key: string): string {
  return `<!-- sealward:v1 comment=${key} -->`
}

/** @returns null when a comment is none of ours */
export function parseKey(body: string): string | null {
  return KEY.exec(body.slice(0, 80).split(/\r?\n/, 1)[0]!)?.[1] ?? null
}
