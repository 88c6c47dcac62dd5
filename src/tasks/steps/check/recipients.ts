import type { CheckNote } from '../../../core/check/judged.ts'
import { type EncryptedTo, judgeRecipients } from '../../../core/check/repository/recipients.ts'
import { keyGroupsOf } from '../../../core/envelope/text/metadata.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import type { FileHistory } from '../../world/git/history.ts'
import { findFormerMembers } from '../ages/former-members.ts'
import type { Found, Looked, SealedFile } from './looked.ts'

/**
 * Judges who can open which file, policy by policy. How old the keys of people are is not said where only some files are in question: others
 * may have had them for longer.
 */
export async function judgeWhoReads(looked: Looked, { history }: { readonly history: FileHistory }): Promise<Found> {
  const { policies, files, ages, isPartial, now } = looked
  const notes: CheckNote[] = []
  const judged = []
  for (const policy of policies) {
    const own = files.filter((file) => file.policy === policy).map(encryptedTo)
    const former = await formerOf(policy, own, { history, notes })
    const answers = judgeRecipients({ policy, files: own, ages, former, now })
    judged.push(...answers.filter(({ rule }) => !(isPartial && rule === 'rotate-every')))
  }
  return { judged, notes }
}

function encryptedTo({ path, relative, environment, file: { metadata } }: SealedFile): EncryptedTo {
  return {
    file: path,
    path: relative,
    environment,
    wrappedKeys: metadata.wrappedKeys,
    keyGroups: keyGroupsOf(metadata),
    foreign: metadata.foreign,
  }
}

async function formerOf(
  policy: Policy,
  files: readonly EncryptedTo[],
  { history, notes }: { readonly history: FileHistory; readonly notes: CheckNote[] },
): Promise<ReadonlyMap<string, string>> {
  const known = new Set(policy.members.flatMap(({ keys }) => keys))
  const all = files.flatMap(({ wrappedKeys }) => wrappedKeys.map(({ recipient }) => recipient))
  const strangers = new Set(known.size === 0 ? [] : all.filter((recipient) => !known.has(recipient)))
  try {
    return await findFormerMembers({ file: policy.file, strangers }, history)
  } catch (error) {
    if (!(error instanceof SealwardError && error.code === 'git')) throw error
    // That there is no history is told by whoever asks for ages.
    if (notes.length === 0) notes.push({ message: 'whose keys are not in sealward.yml any more is not known' })
    return new Map()
  }
}
