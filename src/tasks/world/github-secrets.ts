import type { SecretPlace } from '../../core/push/target.ts'

/**
 * The secrets that GitHub keeps for the workflows of one repository, environment or organisation. Values go there and never come back. Throws
 * as world/github.ts says.
 */
export interface GitHubSecrets {
  publicKey(): Promise<SecretsKey>
  /** @returns null when there is none of that name */
  find(name: string): Promise<StoredSecret | null>
  /** Makes a secret, or replaces its value. @returns when that was, by the clock of the server; null where it said nothing of that */
  put(name: string, sealed: SealedSecret): Promise<Date | null>
}

/** Opens them; nothing is asked before the first method is called. */
export type OpenSecrets = (place: SecretPlace) => Promise<GitHubSecrets>

/** What values have to be sealed for. */
export interface SecretsKey {
  readonly id: string
  readonly bytes: Uint8Array
}

export interface StoredSecret {
  readonly updatedAt: Date
  /** Null but for an organisation's. */
  readonly access: SecretAccess | null
}

/** Which repositories of an organisation have it. */
export type SecretAccess =
  | { readonly visibility: 'all' | 'private' }
  | { readonly visibility: 'selected'; readonly repositories: readonly number[] }

export interface SealedSecret {
  readonly keyId: string
  readonly box: Uint8Array
  /** An organisation's needs it with every value, and what is left out is taken away. */
  readonly access: SecretAccess | null
}
