/** Something that reads what others wrote, and must neither break nor hang on it. */
export interface FuzzTarget {
  /** Inputs to begin with: real ones, of every kind that it knows. */
  seeds(): Promise<readonly Uint8Array[]> | readonly Uint8Array[]
  /** Words of its formats: random bytes alone seldom make one. */
  readonly words?: readonly string[]
  /** Throws when something is wrong; what it may refuse in words of its own is no failure. */
  run(input: Uint8Array): Promise<void> | void
}

/** Opens a target of that name, each in a file of its own. */
export const TARGETS: Readonly<Record<string, () => Promise<FuzzTarget>>> = {
  engine: async () => (await import('./targets/engine.ts')).engine,
  decoders: async () => (await import('./targets/decoders.ts')).decoders,
  git: async () => (await import('./targets/git.ts')).openGit(),
  archives: async () => (await import('./targets/archives.ts')).archives,
  dotenv: async () => (await import('./targets/dotenv.ts')).dotenv,
  envelope: async () => (await import('./targets/envelope.ts')).envelope,
}
