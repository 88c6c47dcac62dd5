import { idOf } from './identity.ts'
import type { Judged } from './judged.ts'

/** What is judged, by all that has nothing to do with the question. */
export type Subject = Pick<Judged, 'kind' | 'name' | 'environment' | 'place' | 'owners'>

/** The answer to one question about a subject: everything else that a finding has. */
export type Answer = Omit<Judged, keyof Subject | 'id'>

/** Puts a subject and an answer together to a finding. */
export function judged({ kind, name, environment, place, owners }: Subject, answer: Answer): Judged {
  const id = idOf({ kind, rule: answer.rule, name, place })
  return { id, kind, name, environment, place, owners, ...answer }
}
