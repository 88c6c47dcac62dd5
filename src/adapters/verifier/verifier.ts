import type { Verifier } from '../../tasks/world/verifier.ts'
import { verifyByCommand } from './command.ts'
import { verifyByHttp } from './http.ts'

/** Asks services and programs whether they are well. */
export function openVerifier(env: Readonly<Record<string, string | undefined>>): Verifier {
  return {
    verify: (check) => (check.kind === 'http' ? verifyByHttp(check, env) : verifyByCommand(check.argv, env)),
  }
}
