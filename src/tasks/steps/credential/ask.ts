import type { Login } from '../../../core/credential/change.ts'
import { stageOf } from '../../../core/credential/machine/phase.ts'
import type { Answer, Answers } from '../../../core/credential/machine/reconcile.ts'
import type { DriverName } from '../../../core/credential/target.ts'
import type { Standing } from './run.ts'

export interface Asked {
  readonly answers: Answers
  /** Why something is not known; null where everything is. */
  readonly why: string | null
}

/** Nobody can log in with a secret of GitHub Actions, nor read it: what was pushed last counts, and pushing it again does no harm. */
const BLIND: readonly DriverName[] = ['github-secret']

/** Whether trying a login says anything. */
export function canAsk({ target }: Pick<Standing, 'target'>): boolean {
  return !BLIND.includes(target.driver)
}

/** Tries the logins that a rotation has where it stands, each once: after a few tries a system may lock an account. */
export async function askAll(at: Standing): Promise<Asked> {
  if (!canAsk(at)) return { answers: assumed(at), why: null }
  const { record, current } = at
  const stage = stageOf(record?.phase ?? 'planned')
  const pending = stage === 'before' || stage === 'back' ? await ask(pendingOf(at), at) : NOBODY
  const file = await ask(current, at)
  const previous = stage === 'after' ? await ask(record?.previous ?? null, at) : NOBODY
  return {
    answers: { pending: pending.answer, current: file.answer, previous: previous.answer },
    why: pending.why ?? file.why ?? previous.why,
  }
}

/** The login that is to come, where its password is known. */
export function pendingOf({ record }: Standing): Login | null {
  const { user, password } = record?.pending ?? { user: '', password: null }
  return password === null ? null : { user, password }
}

interface OneAnswer {
  readonly answer: Answer
  readonly why: string | null
}

const NOBODY: OneAnswer = { answer: 'none', why: null }

async function ask(login: Login | null, { system }: Standing): Promise<OneAnswer> {
  if (login === null) return NOBODY
  const probe = await system.probe(login)
  if (probe.kind === 'yes' || probe.kind === 'no') return { answer: probe.kind, why: null }
  return { answer: 'unknown', why: probe.why }
}

function assumed({ record }: Standing): Answers {
  const stage = stageOf(record?.phase ?? 'planned')
  if (stage === 'back') return { pending: 'yes', current: 'no', previous: 'none' }
  return { pending: stage === 'before' ? 'no' : 'none', current: 'yes', previous: 'none' }
}
