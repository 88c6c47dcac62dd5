import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mayFollow, PHASES, stageOf } from '../../../../src/core/credential/machine/phase.ts'
import {
  type Action,
  everySituation,
  ROWS,
  reconcile,
  type Situation,
} from '../../../../src/core/credential/machine/reconcile.ts'

const all = [...everySituation()].map((situation) => ({ situation, row: reconcile(situation) }))
const textOf = ({ strategy, phase, answers: { pending, current, previous } }: Situation) =>
  `${strategy} ${phase}: pending ${pending}, current ${current}, previous ${previous}`

/** The situations in which an action is taken, and for which a condition does not hold. */
function against(kinds: readonly Action['kind'][], condition: (situation: Situation) => boolean): string[] {
  return all
    .filter(({ situation, row }) => kinds.includes(row.action.kind) && !condition(situation))
    .map(({ situation }) => textOf(situation))
}

describe('the reconcile table', () => {
  it('has a row for every combination of strategy, phase and answers, and needs every row', () => {
    expect(all.length).toBe(3 * PHASES.length * 4 ** 3)
    expect(all.filter(({ row }) => row === undefined)).toEqual([])
    expect(ROWS.filter((row) => !all.some((one) => one.row === row))).toEqual([])
    for (const { because } of ROWS) expect(because).toMatch(/^[a-z].{20,}[^.]$/)
  })

  it('changes nothing while anything that counts is unknown', () => {
    const asked = ({ phase, answers }: Situation) =>
      stageOf(phase) === 'idle' ? [answers.current] : Object.values(answers)
    for (const { situation, row } of all)
      expect(row.action.kind === 'stop', textOf(situation)).toBe(asked(situation).includes('unknown'))
  })

  it('goes on to promote only what logs in', () => {
    expect(against(['test'], ({ answers }) => answers.pending === 'yes')).toEqual([])
  })

  it('goes on to revoke only where the login of the file works', () => {
    expect(against(['watch', 'settle'], ({ answers }) => answers.current === 'yes')).toEqual([])
    expect(against(['settle'], ({ answers }) => answers.previous !== 'yes')).toEqual([])
  })

  it('begins, and ends a rollback, only where the login of the file works', () => {
    expect(against(['start', 'close'], ({ answers }) => answers.current === 'yes')).toEqual([])
    expect(
      against(['close'], ({ strategy, answers }) => strategy === 'alternating' || answers.pending !== 'yes'),
    ).toEqual([])
  })

  it('changes the system by a login that works', () => {
    for (const { situation, row } of all)
      if ('by' in row.action && row.action.by !== 'admin')
        expect(situation.answers[row.action.by], textOf(situation)).toBe('yes')
  })

  it('asks for a person exactly where nothing works, and knows what force would do', () => {
    const nothing = ({ phase, answers: { pending, current, previous } }: Situation) => {
      const stage = stageOf(phase)
      if (stage === 'idle') return current !== 'yes'
      if (stage === 'after') return current !== 'yes' && previous !== 'yes'
      if (stage === 'back') return current !== 'yes' && pending !== 'yes'
      return current !== 'yes' && pending !== 'yes' && previous !== 'yes'
    }
    for (const { situation, row } of all) {
      if (row.action.kind === 'stop') continue
      expect(row.action.kind === 'drift', textOf(situation)).toBe(nothing(situation))
      expect(row.forced !== null, textOf(situation)).toBe(row.action.kind === 'drift')
    }
  })

  it.each([
    ['alternating', 'pending-committed', 'no yes none', 'apply'],
    ['alternating', 'pending-committed', 'yes yes none', 'test'],
    ['single', 'pending-committed', 'yes no none', 'test'],
    ['single', 'tested', 'no yes none', 'apply'],
    ['dual', 'applied', 'no no none', 'drift'],
    ['dual', 'pending-committed', 'none yes none', 'apply'],
    ['dual', 'grace', 'none yes yes', 'watch'],
    ['dual', 'grace', 'none yes no', 'settle'],
    ['dual', 'promoted', 'none no yes', 'restore'],
    ['single', 'promoted', 'none yes no', 'settle'],
    ['single', 'rolling-back', 'yes no none', 'undo'],
    ['dual', 'rolling-back', 'yes yes none', 'undo'],
    ['alternating', 'rolling-back', 'yes yes none', 'close'],
    ['dual', 'rollback-failed', 'no yes none', 'close'],
    ['dual', 'revoked', 'none yes none', 'start'],
    ['dual', 'grace', 'none yes unknown', 'stop'],
  ] as const)('%s at %s, %s: %s', (strategy, phase, words, kind) => {
    const [pending, current, previous] = words.split(' ') as Situation['answers']['pending'][]
    const answers = { pending: pending!, current: current!, previous: previous! }
    expect(reconcile({ strategy, phase, answers }).action.kind).toBe(kind)
  })

  it('is in docs/credentials.md, row by row', () => {
    const page = readFileSync('docs/credentials.md', 'utf8')
    for (const { because } of ROWS) expect(page).toContain(`| ${because} |`)
  })
})

describe('the phases', () => {
  it('can each be reached from the first, and end in one from which a rotation begins', () => {
    const reached = new Set(['planned'])
    for (const phase of PHASES)
      for (const next of PHASES) if (reached.has(phase) && mayFollow(phase, next)) reached.add(next)
    expect([...reached].sort()).toEqual([...PHASES].sort())
    for (const phase of PHASES)
      expect(mayFollow(phase, 'planned'), phase).toBe(phase === 'revoked' || phase === 'rolled-back')
  })

  it('never lead from before the promotion to the end of the old login', () => {
    for (const phase of PHASES.filter((one) => stageOf(one) !== 'after'))
      expect(mayFollow(phase, 'revoked'), phase).toBe(false)
    expect(PHASES.filter((phase) => mayFollow(phase, 'promoted'))).toEqual(['tested'])
  })
})
