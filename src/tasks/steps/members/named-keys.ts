import { SealwardError } from '../../../core/errors.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import type { FileHistory } from '../../world/git/history.ts'
import { membersOverTime } from '../ages/former-members.ts'

/** Whose each key is, by sealward.yml as it is and as it ever was. The newest version that has a key says whose. */
export async function namesByKey(policy: Policy, history: FileHistory): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>()
  for (const [name, key] of await everyEntry(policy, history)) if (!names.has(key)) names.set(key, name)
  return names
}

/** Every key that a member has or had: one that was changed long ago still opens what was encrypted to it then. */
export async function everyKeyOf(name: string, policy: Policy, history: FileHistory): Promise<ReadonlySet<string>> {
  const entries = await everyEntry(policy, history)
  return new Set(entries.filter(([other]) => other === name).map(([, key]) => key))
}

type Entry = readonly [name: string, key: string]

/** The newest first. Without git there is today alone. */
async function everyEntry({ file, members }: Policy, history: FileHistory): Promise<readonly Entry[]> {
  const versions = [members]
  try {
    for await (const older of membersOverTime(file, history)) versions.push(older)
  } catch (error) {
    if (!(error instanceof SealwardError) || error.code !== 'git') throw error
  }
  return versions.flatMap((one) => one.flatMap(({ name, keys }) => keys.map((key): Entry => [name, key])))
}
