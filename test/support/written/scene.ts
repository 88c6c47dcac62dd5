import type { SharedRepository } from './shared-repository.ts'

/** One command that writes encrypted files, as people use it. */
export interface Scene {
  /** With its subcommand, as the catalogue has it. */
  readonly command: string
  /** What is done with it, where it is not the plain use. */
  readonly title?: string
  /** It makes recipients that sops knows since 3.12 alone. */
  readonly tooNewForOld?: true
  /** Runs it, and says what every file is to hold after it. */
  run(at: SharedRepository): void
}
