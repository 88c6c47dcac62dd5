/**
 * How far the rotation of one credential has come. Each is written down by a commit, `planned` excepted.
 *
 * `pending-committed`: the new one is encrypted on the branch, and the system knows nothing of it. `applied`: the system has it. `tested`: a
 * fresh login worked. `promoted`: the file has it. `grace`: the branch that counts has it, and the checks passed. `revoked`: the old one is
 * gone. `rolling-back`: the file has the old one, the new one may still work. `rolled-back`, `rollback-failed`: how that ended.
 */
export const PHASES = [
  'planned',
  'pending-committed',
  'applied',
  'tested',
  'promoted',
  'grace',
  'revoked',
  'rolling-back',
  'rolled-back',
  'rollback-failed',
] as const
export type Phase = (typeof PHASES)[number]

/** What phases have in common: `idle` has nothing under way, before `after` the file has the old login, `back` gives the new one up. */
export const STAGES = ['idle', 'before', 'after', 'back'] as const
export type Stage = (typeof STAGES)[number]

const STAGE_OF: Readonly<Record<Phase, Stage>> = {
  planned: 'idle',
  'pending-committed': 'before',
  applied: 'before',
  tested: 'before',
  promoted: 'after',
  grace: 'after',
  revoked: 'idle',
  'rolling-back': 'back',
  'rolled-back': 'idle',
  'rollback-failed': 'back',
}

/**
 * Only these moves are ever made. From `promoted` and `grace` straight to `rolled-back` it goes where the file has neither login any more. `applied` has a commit of its own where the system makes the value, which would be lost otherwise. Everywhere
 * else one commit says applied and tested: what was pending is on the branch already, and whether it was applied is asked of the system.
 */
const NEXT: Readonly<Record<Phase, readonly Phase[]>> = {
  planned: ['pending-committed'],
  'pending-committed': ['applied', 'tested', 'rolling-back', 'rolled-back'],
  applied: ['tested', 'rolling-back', 'rolled-back'],
  tested: ['promoted', 'rolling-back', 'rolled-back'],
  promoted: ['grace', 'revoked', 'rolling-back', 'rolled-back'],
  grace: ['revoked', 'rolling-back', 'rolled-back'],
  revoked: ['planned'],
  'rolling-back': ['rolled-back', 'rollback-failed'],
  'rolled-back': ['planned'],
  'rollback-failed': ['rolling-back', 'rolled-back'],
}

export function stageOf(phase: Phase): Stage {
  return STAGE_OF[phase]
}

/** Whether a phase may follow another one; staying is no move. */
export function mayFollow(from: Phase, to: Phase): boolean {
  return NEXT[from].includes(to)
}
