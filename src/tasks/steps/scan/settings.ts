import type { Policy } from '../../../core/policy/policy.ts'
import type { Baseline, Candidate } from '../../../core/scan/allow/baseline.ts'
import type { ScanRule } from '../../../core/scan/rule.ts'
import type { Files } from '../../world.ts'

/** What a repository says about scanning it. */
export interface ScanSettings {
  readonly policy: Policy | null
  readonly rules: readonly ScanRule[]
  /** As messages call it. */
  readonly baselineFile: string
  /** Absent files are no error, unless they were named. */
  readonly baselineRequired: boolean
  /** Comments in the files allow nothing. */
  readonly comments?: 'ignored'
}

const BASELINE_BYTES = 8 * 1024 * 1024

/**
 * @param absent `make` for a new one where there is none: to say what could go into it, its salt has to be known
 * @throws SealwardError policy-invalid, or not-found for a baseline that was named and is not there
 */
export async function readBaseline(
  { baselineFile, baselineRequired }: ScanSettings,
  { files, randomBytes }: { readonly files: Pick<Files, 'read'>; randomBytes(length: number): Uint8Array },
  absent: 'read' | 'make',
): Promise<Baseline | null> {
  const bytes = await files.read(baselineFile, BASELINE_BYTES)
  if (bytes === null && baselineRequired) {
    const { SealwardError } = await import('../../../core/errors.ts')
    throw new SealwardError('not-found', 'there is no such baseline', { file: baselineFile })
  }
  if (bytes === null && absent === 'read') return null
  const { newBaseline, parseBaseline } = await import('../../../core/scan/allow/baseline.ts')
  return bytes === null ? newBaseline(randomBytes(32)) : parseBaseline(bytes, baselineFile)
}

export interface BaselineChange {
  readonly old: Baseline
  readonly candidates: readonly Candidate[]
  readonly reason: string
  readonly file: string
}

/** @returns how many findings the baseline has now */
export async function writeBaseline(
  { old, candidates, reason, file }: BaselineChange,
  world: { readonly files: Files },
): Promise<number> {
  const { printBaseline, updateBaseline } = await import('../../../core/scan/allow/baseline.ts')
  const baseline = updateBaseline(old, candidates, reason)
  await world.files.locked(file, () => world.files.write(file, Buffer.from(printBaseline(baseline)), { mode: 0o644 }))
  return baseline.findings.length
}
