import { FILE_BYTES } from '../../../core/envelope/limits.ts'
import { type AllowUntrusted, allowedThrough, decideTrust, judgeTrust } from '../../../core/trust/decide.ts'
import type { RunFacts } from '../../../core/trust/facts.ts'
import type { Comparison } from '../../../core/trust/verdict.ts'
import type { RunCommit } from '../../world/job.ts'
import type { Configs, Files, Teller } from '../../world.ts'
import { POLICY_FILES } from '../policy-for.ts'
import { SCHEMA_FILES } from '../schema.ts'

export interface TrustWorld {
  /** Each read once: what is compared here must be what is opened afterwards. */
  readonly files: Files
  readonly configs: Configs
  readonly commit: RunCommit
  readonly facts: RunFacts
  readonly teller: Teller
}

/** A comparison that goes on while other work is done, where it takes a git process. */
export interface Comparing {
  readonly outcome: Promise<readonly Comparison[]>
}

/** Begins to compare encrypted files, and the configuration that counts for them, with the commit of the run. */
export async function compareFiles(files: readonly string[], world: TrustWorld): Promise<Comparing> {
  const found = new Map<string, Uint8Array>()
  for (const path of files) {
    const bytes = await world.files.read(path, FILE_BYTES)
    if (bytes !== null) found.set(path, bytes)
    for (const names of [POLICY_FILES, SCHEMA_FILES]) {
      const config = await world.configs.nearest(names, path)
      if (config !== null) found.set(config.file, config.bytes)
    }
  }
  return { outcome: world.commit.compare([...found].map(([path, bytes]) => ({ path, bytes }))) }
}

/**
 * Ends a run that may not have secrets. docs/trust.md.
 *
 * @throws SealwardError untrusted
 */
export async function requireTrusted(
  comparing: Comparing,
  allowed: AllowUntrusted,
  { facts, teller }: Pick<TrustWorld, 'facts' | 'teller'>,
): Promise<void> {
  const verdicts = judgeTrust(facts, await comparing.outcome)
  const refusal = decideTrust(verdicts, allowed)
  if (refusal !== null) throw refusal
  for (const reason of allowedThrough(verdicts, allowed)) teller.warn(reason)
}
