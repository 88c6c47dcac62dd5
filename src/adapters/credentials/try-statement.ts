import type { Probe } from '../../core/credential/change.ts'

/** What went wrong, as each driver reads it. */
export interface StatementTrouble {
  /** Whether the system answered: it is there, and does not do this. */
  readonly isAnswer: boolean
  /** Safe to show. */
  readonly why: string
}

/** Runs a statement over a connection that is open. That the connection broke meanwhile says nothing of the login: `unknown`. */
export async function tryStatement(
  run: () => Promise<unknown>,
  troubleOf: (error: unknown) => StatementTrouble,
): Promise<Probe> {
  try {
    await run()
    return { kind: 'yes' }
  } catch (error) {
    const { isAnswer, why } = troubleOf(error)
    return { kind: isAnswer ? 'failed' : 'unknown', why: `the statement failed: ${why}` }
  }
}
