import { STRATEGIES, type Strategy } from '../target.ts'
import { PHASES, type Phase, type Stage, stageOf } from './phase.ts'

/** What trying a login once came to; `none` where the rotation has no such login now, or its password is not known. */
export const ANSWERS = ['yes', 'no', 'unknown', 'none'] as const
export type Answer = (typeof ANSWERS)[number]

/** The logins that were tried: what is to come, what the file has, and what it had before. */
export interface Answers {
  readonly pending: Answer
  readonly current: Answer
  readonly previous: Answer
}

/** Whose login carries something out where no admin is configured. */
export type By = keyof Answers | 'admin'

/**
 * What a run does next. `start`: a new rotation. `apply`: give the system what is pending. `test`: log in with it, and go on. `watch`: checks,
 * grace, revoking. `settle`: the same, and nothing is left to revoke. `restore`: the system was set back; give it what the file has.
 * `undo`: take what is pending away, or set the old one again. `close`: nothing to undo. `stop`: nobody knows. `drift`: a person has to look.
 */
export type Action =
  | { readonly kind: 'start' | 'test' | 'watch' | 'settle' | 'close' | 'stop' | 'drift' }
  | { readonly kind: 'apply' | 'restore' | 'undo'; readonly by: By }

/** A row of the table: `*` is everything, else those that are named. The first row that fits counts. */
export interface Row extends Readonly<Record<keyof Answers, readonly Answer[] | '*'>> {
  readonly stage: Stage | '*'
  readonly strategies: readonly Strategy[] | '*'
  readonly action: Action
  /** The same with `--force`, which sets passwords as the admin does; null where that changes nothing. */
  readonly forced: Action | null
  readonly because: string
}

type Cells = readonly [Stage | '*', Row['strategies'], ...Row['pending'][]]

const [YES, UNKNOWN, GONE] = [['yes'], ['unknown'], ['no', 'none']] as const satisfies Answer[][]

/** docs/credentials.md has the same table, row by row. */
export const ROWS: readonly Row[] = [
  row(['idle', '*', '*', UNKNOWN, '*'], { kind: 'stop' }, 'whether the login of the file works is not known'),
  row(['idle', '*', '*', YES, '*'], { kind: 'start' }, 'the login of the file works'),
  row(['idle', '*', '*', GONE, '*'], { kind: 'drift' }, 'the login of the file does not work', { kind: 'start' }),
  row(['*', '*', UNKNOWN, '*', '*'], { kind: 'stop' }, 'whether the new login works is not known'),
  row(['*', '*', '*', UNKNOWN, '*'], { kind: 'stop' }, 'whether the login of the file works is not known'),
  row(['*', '*', '*', '*', UNKNOWN], { kind: 'stop' }, 'whether the old login works is not known'),
  row(
    ['before', ['single'], YES, YES, '*'],
    { kind: 'apply', by: 'current' },
    'one login seems to have two passwords; setting it again does no harm',
  ),
  row(['before', '*', YES, YES, '*'], { kind: 'test' }, 'both work: it was applied'),
  row(['before', '*', YES, GONE, '*'], { kind: 'test' }, 'it was applied, and the commit that says so was lost'),
  row(
    ['before', '*', GONE, YES, '*'],
    { kind: 'apply', by: 'current' },
    'it was never applied, or the system was set back: the same again',
  ),
  row(
    ['before', '*', GONE, GONE, YES],
    { kind: 'apply', by: 'previous' },
    'the system was restored from a backup; the one before works',
  ),
  row(['before', '*', GONE, GONE, GONE], { kind: 'drift' }, 'neither works: somebody changed the system', {
    kind: 'apply',
    by: 'admin',
  }),
  row(['after', '*', '*', YES, YES], { kind: 'watch' }, 'both work: the old one has its grace'),
  row(['after', '*', '*', YES, GONE], { kind: 'settle' }, 'the old one does not work any more'),
  row(
    ['after', '*', '*', GONE, YES],
    { kind: 'restore', by: 'previous' },
    'the system was restored from a backup, or forgot the new one',
  ),
  row(['after', '*', '*', GONE, GONE], { kind: 'drift' }, 'neither works: somebody changed the system', {
    kind: 'restore',
    by: 'admin',
  }),
  row(['back', ['alternating'], '*', YES, '*'], { kind: 'close' }, 'the old login works, and nobody uses the other'),
  row(['back', '*', YES, YES, '*'], { kind: 'undo', by: 'current' }, 'the new one still works beside the old one'),
  row(['back', '*', GONE, YES, '*'], { kind: 'close' }, 'the old one works, the new one does not'),
  row(['back', '*', YES, GONE, '*'], { kind: 'undo', by: 'pending' }, 'the system still has the new one'),
  row(['back', '*', GONE, GONE, '*'], { kind: 'drift' }, 'neither works: somebody changed the system', {
    kind: 'undo',
    by: 'admin',
  }),
]

export interface Situation {
  readonly strategy: Strategy
  readonly phase: Phase
  readonly answers: Answers
}

/** What to do where a rotation stands, by what the system says and not by what the record hopes. There is a row for everything. */
export function reconcile({ strategy, phase, answers }: Situation): Row {
  const stage = stageOf(phase)
  return ROWS.find(
    (row) =>
      (row.stage === '*' || row.stage === stage) &&
      fits(row.strategies, strategy) &&
      fits(row.pending, answers.pending) &&
      fits(row.current, answers.current) &&
      fits(row.previous, answers.previous),
  )!
}

/** Every combination that there is. */
export function* everySituation(): Generator<Situation> {
  for (const strategy of STRATEGIES)
    for (const phase of PHASES)
      for (const pending of ANSWERS)
        for (const current of ANSWERS)
          for (const previous of ANSWERS) yield { strategy, phase, answers: { pending, current, previous } }
}

function row(
  [stage, strategies, pending = '*', current = '*', previous = '*']: Cells,
  action: Action,
  because: string,
  forced: Action | null = null,
): Row {
  return { stage, strategies, pending, current, previous, action, forced, because }
}

function fits<T>(cell: readonly T[] | '*', value: T): boolean {
  return cell === '*' || cell.includes(value)
}
