import { SealwardError } from '../../../core/errors.ts'
import type { Entry } from '../../../core/ledger/entry.ts'
import { LEDGER_FILE } from '../../../core/ledger/ledger-file.ts'
import type { LedgerProblem } from '../../../core/ledger/problem.ts'
import {
  CHECKPOINT_NAMESPACE,
  type Checkpoint,
  headOfCheckpoint,
  NOTE_BYTES,
  originOf,
  readCheckpoint,
} from '../../../core/ledger/tree/checkpoint.ts'
import { type Extent, extentsOf } from '../../../core/ledger/tree/sweep.ts'
import type { AllowedSigner } from '../../../core/signature/signers.ts'
import { verifySignature } from '../../../core/signature/verify.ts'
import type { Configs } from '../../world.ts'
import { policyFor } from '../policy-for.ts'
import type { ReadLedger, ReadWorld } from './read.ts'

export interface JudgedCheckpoints {
  readonly problems: readonly LedgerProblem[]
  /** How many entries a good checkpoint vouches for, and how many checkpoints are good. */
  readonly covered: number
  readonly good: number
}

/**
 * Holds every checkpoint against the entries that it is about, and its signature against the signers of sealward.yml. A checkpoint whose
 * signer is not listed, or not any more, counts for nothing and is no fault: people leave.
 */
export async function judgeCheckpoints(
  { ordered, missing }: ReadLedger,
  world: ReadWorld & { readonly configs: Configs },
  now: Date,
): Promise<JudgedCheckpoints> {
  const paths = (await world.finder.find(['checkpoints/*.note'])).filter((path) => headOfCheckpoint(path) !== null)
  const heads = new Set(paths.map((path) => headOfCheckpoint(path)!))
  const extents = extentsOf(heads, ordered, missing)
  const allowed = await signersOfLedger(world.configs)
  const problems: LedgerProblem[] = []
  const good = new Set<string>()
  for (const path of paths) {
    const head = headOfCheckpoint(path)!
    const file = `.sealward/${path}`
    const note = await readNote(file, world)
    const problem =
      typeof note === 'string'
        ? fault(file, note)
        : (judgeExtent(note, extents.get(head), { file, isWhole: missing === null }) ??
          judgeSignature(note, { file, allowed, now }))
    if (problem === null) good.add(head)
    else problems.push(problem)
  }
  const own = coveredBy(good, ordered)
  // A checkpoint that holds vouches for what was archived before it, too.
  const covered = own + (good.size > 0 ? (missing?.tree.size ?? 0) : 0)
  return { problems: [...problems, ...tellOfRest(ordered.length - own, good.size)], covered, good: good.size }
}

async function signersOfLedger(configs: Configs): Promise<readonly AllowedSigner[]> {
  const found = await policyFor(LEDGER_FILE, configs)
  if (found === null) return []
  const { signersOf } = await import('../../../core/signature/signers.ts')
  return signersOf(found.relative, found.policy.signers)
}

/** @returns a text for what is no checkpoint, behind "the checkpoint" */
async function readNote(file: string, { files }: ReadWorld): Promise<Checkpoint | string> {
  try {
    const bytes = await files.read(file, NOTE_BYTES)
    return readCheckpoint(
      Buffer.from(bytes ?? [])
        .toString('utf8')
        .replaceAll('\r\n', '\n'),
    )
  } catch (error) {
    if (error instanceof SealwardError) return error.message
    throw error
  }
}

function judgeExtent(
  { origin, size, root }: Checkpoint,
  extent: Extent | undefined,
  { file, isWhole }: { readonly file: string; readonly isWhole: boolean },
): LedgerProblem | null {
  if (extent === undefined && !isWhole) return notice(file, 'cannot be judged without the archive')
  if (extent === undefined) return fault(file, 'is about an entry that is not there')
  if (origin !== originOf(extent)) return fault(file, 'is that of another ledger')
  if (size === extent.size && root === extent.root) return null
  return fault(file, `is for ${size} entries that are not the ${extent.size} that are there up to its entry`)
}

function judgeSignature(
  { text, armored }: Checkpoint,
  { file, allowed, now }: { readonly file: string; readonly allowed: readonly AllowedSigner[]; readonly now: Date },
): LedgerProblem | null {
  const message = Buffer.from(text)
  const verdict = verifySignature({ message, armored, namespace: CHECKPOINT_NAMESPACE, allowed, now })
  if (verdict.kind === 'good') return null
  if (verdict.kind === 'bad') return fault(file, `has a signature that ${verdict.why}`)
  const fix = 'list it under signers in sealward.yml, if it is to count'
  return { ...notice(file, `counts for nothing: the key ${verdict.fingerprint} ${verdict.why}`), fix }
}

function coveredBy(heads: ReadonlySet<string>, ordered: readonly Entry[]): number {
  const covered = new Set(heads)
  let count = 0
  for (const { id, parents } of ordered.toReversed()) {
    if (!covered.has(id)) continue
    count += 1
    for (const parent of parents) covered.add(parent)
  }
  return count
}

function tellOfRest(count: number, good: number): LedgerProblem[] {
  if (count === 0) return []
  const which =
    good === 0 ? 'no checkpoint vouches for the entries' : `no checkpoint vouches for the last ${count} entries`
  const message = `${which}: who can write the file and git's history can write them anew`
  return [{ kind: 'unsigned', level: 'notice', file: LEDGER_FILE, message, fix: 'sealward audit checkpoint' }]
}

function fault(file: string, what: string): LedgerProblem {
  return { kind: 'checkpoint', level: 'fault', file, message: `the checkpoint ${what}` }
}

function notice(file: string, what: string): LedgerProblem {
  return { kind: 'checkpoint', level: 'notice', file, message: `the checkpoint ${what}` }
}
