import { byCodeUnits } from '../../core/code-units.ts'
import { RECORD_BYTES, RECORD_FILES, recordPath } from '../../core/credential/record/place.ts'
import { readPlainRecord } from '../../core/credential/record/read-record.ts'
import type { PlainRecord } from '../../core/credential/record/record.ts'
import { nullIfOurs, type SealwardError } from '../../core/errors.ts'
import { ifReadable } from '../../core/if-readable.ts'
import { policyFor } from '../steps/policy-for.ts'
import type { FetchedRotations } from '../world/git/rotation-branch.ts'
import type { Clock, Configs, Files, Finder, Teller } from '../world.ts'

export interface RecordsWorld {
  readonly files: Pick<Files, 'read'>
  /** Finds below the top. */
  readonly finder: Finder
  readonly top: string
  readonly configs: Configs
  readonly rotations: FetchedRotations
  readonly clock: Clock
  readonly teller: Teller
}

/** What was written down last of a rotation. */
export interface KnownRecord {
  readonly record: PlainRecord
  /** Where: a branch, as git shows it; null for the working tree. */
  readonly branch: string | null
}

/** Of a policy that says nothing, or cannot be read. */
const PREFIX = 'sealward/rotation/'

/**
 * What this clone has of rotations of credentials, in the working tree and on the branches that were fetched: the newest of each, by name.
 * Needs no key and no network.
 *
 * @throws SealwardError malformed for a record of the working tree that cannot be read
 */
export async function listRecords(world: RecordsWorld): Promise<readonly KnownRecord[]> {
  const newest = new Map<string, KnownRecord>()
  for (const known of [...(await inWorkingTree(world)), ...(await onBranches(world))]) {
    const before = newest.get(known.record.name)
    if (before === undefined || before.record.updated < known.record.updated) newest.set(known.record.name, known)
  }
  return [...newest.values()].sort((one, other) => byCodeUnits(one.record.name, other.record.name))
}

async function inWorkingTree({ files, finder, top }: RecordsWorld): Promise<KnownRecord[]> {
  const known: KnownRecord[] = []
  for (const path of await finder.find([RECORD_FILES])) {
    const bytes = await files.read(`${top}/${path}`, RECORD_BYTES)
    if (bytes !== null) known.push({ record: readPlainRecord(bytes, path), branch: null })
  }
  return known
}

/** Whoever may push can write anything there: what is no record is passed over. */
async function onBranches({ configs, rotations, clock, teller }: RecordsWorld): Promise<KnownRecord[]> {
  const found = await policyFor('x', configs).catch(nullIfOurs)
  const prefix = found?.policy.rotation.delivery.prefix ?? PREFIX
  const now = clock.now()
  const files = await rotations.read(prefix, recordPath).catch((error: unknown) => {
    nullIfOurs(error)
    teller.warn(`the branches of rotations were not looked at: ${(error as SealwardError).message}`)
    return []
  })
  return files.flatMap(({ branch, name, bytes }) => {
    const record = ifReadable(() => readPlainRecord(bytes, recordPath(name)))
    // A date that is to come would hide every other record for good.
    return record === null || record.updated > now ? [] : [{ record, branch }]
  })
}
