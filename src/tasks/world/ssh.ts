/** The ports of signing. */

/** ssh-keygen: it signs with keys under a passphrase, in an agent and on hardware. */
export interface SshSigner {
  /** @returns the signature as its file holds it; throws SealwardError not-found without ssh-keygen, io when it failed */
  sign(request: SshRequest): Promise<string>
}

export interface SshRequest {
  /** A key file, or the line of a public key whose private half an agent has. */
  readonly key: { readonly file: string } | { readonly line: string }
  readonly message: Uint8Array
  readonly namespace: string
}

/** The key that git signs commits with. */
export interface GitSigningKey {
  /** @returns `user.signingkey` of git's configuration; null when it is not set, or when git does not sign with SSH */
  signingKey(): Promise<string | null>
}

/** What files are called in signatures. */
export interface SignedNames {
  /** @returns the path from the top of the repository, with '/' separators; throws SealwardError usage for one outside of it */
  nameOf(path: string): Promise<string>
}
