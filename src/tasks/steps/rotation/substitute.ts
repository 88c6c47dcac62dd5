import { dayOf } from '../../../core/day.ts'
import { type KeyGroups, mapGroups } from '../../../core/envelope/keys/key-groups.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { FileMark, LedgerEvent } from '../../../core/ledger/event.ts'
import { digestOf } from '../../../core/ledger/marks.ts'
import { isGenerated } from '../../../core/policy/sops/print-sops.ts'
import { substituteRecipient } from '../../../core/rotation/policy-text.ts'
import type { FileWrite } from '../../../core/writes/journal.ts'
import type { SignedNames } from '../../world/ssh.ts'
import type { Clock, Keys } from '../../world.ts'
import { POLICY_FILES } from '../policy-for.ts'
import { tellOfVoidSignature } from '../trust/void-signature.ts'
import type { WriteAllWorld } from '../writes/write-all.ts'
import { type Opener, reseal } from './reseal.ts'
import type { SealedFile } from './sealed-files.ts'

export interface Substituting {
  readonly old: string
  /** What comes in its place in each file. */
  readonly inFiles: readonly string[]
  /** The same in sealward.yml. */
  readonly inPolicy: readonly string[]
  readonly files: readonly SealedFile[]
  /** What has to open every file that is made. */
  readonly proof: Keys
}

export type SubstituteWorld = Opener & WriteAllWorld & { readonly clock: Clock; readonly names: SignedNames }

/**
 * Makes every file anew under a new data key, with other recipients in the place of one, and each sealward.yml that names it. Every file is
 * opened again and held against what it was. Nothing is written.
 *
 * @throws SealwardError whatever `reseal` and `substituteRecipient` throw
 */
export async function substitute(change: Substituting, world: SubstituteWorld): Promise<readonly FileWrite[]> {
  const { old, inFiles, proof } = change
  const keyGroups = (before: KeyGroups) =>
    mapGroups(before, (members) => members.flatMap((one) => (one === old ? inFiles : [one])))
  const writes: FileWrite[] = []
  for (const { path, bytes } of change.files) {
    const { after } = await reseal({ path, bytes, keyGroups, proof }, world)
    writes.push({ path, before: bytes, after })
  }
  return [...writes, ...(await policiesOf(change, world))]
}

/** What the ledger says of encrypted files that change. */
export function marksOf(writes: readonly FileWrite[], files: readonly SealedFile[], top: string): FileMark[] {
  const paths = new Set(files.map(({ path }) => path))
  return writes.flatMap(({ path, before, after }) =>
    before === null || !paths.has(path)
      ? []
      : [{ path: `${top}/${path}`, before: digestOf(before), after: digestOf(after) }],
  )
}

/** The event, with the members that are not empty. */
export function rotationEvent(
  change: {
    readonly added: readonly string[]
    readonly removed: readonly string[]
    readonly files: readonly FileMark[]
  },
  { reason, environment }: { readonly reason: string | null; readonly environment: string | null },
): LedgerEvent {
  return {
    kind: 'key-rotated',
    ...change,
    ...(reason !== null && { reason }),
    ...(environment !== null && { environment }),
  }
}

export async function tellOfSignatures(writes: readonly FileWrite[], world: WriteAllWorld): Promise<void> {
  for (const { path } of writes) await tellOfVoidSignature(`${world.top}/${path}`, world)
}

/** The policies that count for these files, where they name the old recipient. */
async function policiesOf({ old, inPolicy, files }: Substituting, world: SubstituteWorld): Promise<FileWrite[]> {
  const changed = new Map<string, FileWrite>()
  const today = dayOf(world.clock.now())
  for (const { path } of files) {
    const config = await world.configs.nearest(POLICY_FILES, `${world.top}/${path}`)
    if (config === null || changed.has(config.file)) continue
    const name = await world.names.nameOf(config.file)
    const text = decode(config.bytes, name)
    const after = Buffer.from(substituteRecipient({ text, file: name }, { old, fresh: inPolicy, today }))
    changed.set(config.file, { path: name, before: config.bytes, after })
  }
  await tellOfSops(old, files, world)
  return [...changed.values()].filter(({ before, after }) => Buffer.compare(before!, after) !== 0)
}

const AGAIN = '`sealward config sops --write` writes it again'

/** Members of the team who use sops take their recipients from there. It can say them in ways that are not edited here. */
async function tellOfSops(old: string, files: readonly SealedFile[], world: SubstituteWorld): Promise<void> {
  const [first] = files
  if (first === undefined) return
  const config = await world.configs.nearest(['.sops.yaml'], `${world.top}/${first.path}`)
  if (config !== null && Buffer.from(config.bytes).includes(old))
    world.teller.warn(
      `.sops.yaml names the old recipient too: ${isGenerated(config.bytes) ? AGAIN : 'replace it there by hand'}`,
    )
}

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new SealwardError('policy-invalid', 'the file is not UTF-8', { file })
  }
}
