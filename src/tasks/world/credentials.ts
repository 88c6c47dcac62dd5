import type { Change, Login, Probe } from '../../core/credential/change.ts'
import type { DriverName, Target } from '../../core/credential/target.ts'
import type { Secret } from '../../core/secret.ts'

/** The ports of systems that have logins, such as databases. What any method may throw: SealwardError `unavailable`, `permission`, `unsupported`. */

/**
 * A system that knows logins. No password in what it throws, and none in the logs of the system where there is a way round it.
 * It has at most one connection open at a time, and none between two calls.
 */
export interface CredentialSystem {
  /**
   * Tries a login once, over a connection of its own: with several tries accounts get locked. It never throws.
   *
   * @param statement to be run there, for systems that speak a language of queries; what it returns is not looked at
   */
  probe(login: Login, statement?: string): Promise<Probe>
  /**
   * Finds out, without changing anything, whether the changes could be carried out and would survive a restart.
   *
   * @returns what stands against it, in words for a person; nothing when all is well
   */
  preflight(changes: readonly Change[], admin: Login): Promise<readonly string[]>
  /**
   * Carries out one change. When it throws, nobody knows whether it was done.
   *
   * @returns the password that the system made, for `issue` alone
   * @throws SealwardError
   */
  carryOut(change: Change, admin: Login): Promise<Secret | null>
}

/** Opens the systems, each by its driver. A driver is loaded when it is asked for. */
export interface CredentialSystems {
  open(target: Target): Promise<CredentialSystem>
}

export type OpenCredentialSystem = (target: Target) => CredentialSystem
/** One file each below `src/adapters/credentials`. */
export type CredentialDrivers = Readonly<Record<DriverName, () => Promise<OpenCredentialSystem>>>
