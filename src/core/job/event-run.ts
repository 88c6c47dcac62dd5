import { at, parseJson } from '../trust/json.ts'

/** The run whose logs and artifacts are looked at. */
export interface LookedAtRun {
  readonly id: number
  /** The one that the event is about; the one that this step is a part of; or another, of which nothing else is known. */
  readonly which: 'event' | 'current' | 'other'
}

export interface RunNumbers {
  /** Who asks names it; null for nobody. */
  readonly asked: number | null
  /** GITHUB_RUN_ID. */
  readonly current: string | undefined
}

/** The run that was asked for; else the one that a `workflow_run` event is about; else this one. Null when none of them is known. */
export function runToLookAt(
  payload: Uint8Array | null,
  event: string,
  { asked, current }: RunNumbers,
): LookedAtRun | null {
  const told = event === 'workflow_run' ? at(parseJson(payload), 'workflow_run', 'id') : undefined
  const ofEvent = Number.isSafeInteger(told) ? (told as number) : null
  const own = /^[1-9]\d{0,15}$/.test(current ?? '') ? Number(current) : null
  const id = asked ?? (event === 'workflow_run' ? ofEvent : own)
  if (id === null) return null
  return { id, which: id === ofEvent ? 'event' : id === own ? 'current' : 'other' }
}

/** Whether the payload says that the repository is private. One that says nothing may be anybody's to read. */
export function isPrivate(payload: Uint8Array | null): boolean {
  return at(parseJson(payload), 'repository', 'private') === true
}
