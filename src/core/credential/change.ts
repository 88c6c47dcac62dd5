import type { Secret } from '../secret.ts'

/** Who logs in, and with what. */
export interface Login {
  /** Empty where the system knows passwords alone, such as a Redis without users. */
  readonly user: string
  readonly password: Secret
}

/** What is done to a login at the system that knows it. Each may be done twice: the second time changes nothing. */
export type Change =
  /** The login has this password alone from now on. */
  | { readonly kind: 'replace'; readonly user: string; readonly fresh: Secret }
  /** The login has both from now on, and no third. */
  | { readonly kind: 'add'; readonly user: string; readonly fresh: Secret; readonly current: Secret }
  /** Of its two passwords the login keeps one. */
  | { readonly kind: 'retire'; readonly user: string; readonly keep: Secret; readonly old: Secret }
  /** The system makes a further password by itself, as issuers of API keys do. `request` is the same at every try for one and the same. */
  | { readonly kind: 'issue'; readonly user: string; readonly request: string; readonly current: Secret }

/**
 * What one fresh login came to. `yes`: it worked, and the system says that it is who was meant. `no`: the system refused the password.
 * `failed`: it worked, and what was to be asked there did not. `unknown`: anything else, such as no network, a locked account or too many
 * connections. `why` is safe to show.
 */
export type Probe =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no' }
  | { readonly kind: 'failed' | 'unknown'; readonly why: string }

/** What a system is asked to do, as it may be shown: `ALTER ROLE "app_b" PASSWORD [verifier]`. Never a secret, nor what is made of one. */
export type Shape = string
