import { shortRecipient } from '../../age/short-recipient.ts'
import {
  everybodyIn,
  isOneGroup,
  type KeyGroups,
  mapGroups,
  oneGroup,
  sameGroups,
  wordsForGroups,
} from '../../envelope/keys/key-groups.ts'
import type { WrappedKey } from '../../envelope/text/metadata.ts'
import { keyGroupsFor, recipientsFor } from '../../policy/match.ts'
import type { Policy } from '../../policy/policy.ts'
import { graceOf, warnOf } from '../../policy/secrets/periods.ts'
import type { Member } from '../../policy/sections/people/recipients.ts'
import { amount } from '../../report/amount.ts'
import type { Judged } from '../judged.ts'
import { judgeAge } from '../secrets/age.ts'
import type { Ages, Since } from '../secrets/value-age.ts'
import { judged, type Subject } from '../subject.ts'

/** An encrypted file, as far as it is readable without a key. */
export interface EncryptedTo {
  /** From the top of the repository. */
  readonly file: string
  /** Relative to sealward.yml. */
  readonly path: string
  readonly environment: string | null
  readonly wrappedKeys: readonly Pick<WrappedKey, 'recipient'>[]
  /** Absent where each of them opens it alone. */
  readonly keyGroups?: KeyGroups
  /** Kinds of other recipients: `kms`, `pgp`. */
  readonly foreign: readonly string[]
}

export interface RecipientsQuestion {
  readonly policy: Policy
  readonly files: readonly EncryptedTo[]
  /** What history says; null where it was not asked. */
  readonly ages: Pick<Ages, 'files' | 'recipients'> | null
  /** Names by key of people who were in sealward.yml once. */
  readonly former: ReadonlyMap<string, string>
  readonly now: Date
}

const POST_QUANTUM = 'age1pq1'

/**
 * Judges who can open which file. What counts is the file: whoever is among its recipients reads it, whatever sealward.yml says.
 *
 * - `rotate-every` for each person of sealward.yml: how long the oldest key has been in use;
 * - `not-in-policy` for each recipient of a file whom sealward.yml does not know: people who left;
 * - `recipients-differ` for each file: whether it is encrypted to those whom sealward.yml names for it;
 * - `post-quantum` for each file, where it is asked for.
 *
 * A policy that has no members and names nobody for a file is asked nothing of it.
 */
export function judgeRecipients(question: RecipientsQuestion): Judged[] {
  const { policy, files } = question
  return [
    ...policy.members.flatMap((member) => judgeMember(member, question) ?? []),
    ...files.flatMap((file) => (saysNothing(policy, file.path) ? [] : judgeSet(file, question))),
    ...(policy.check.postQuantum ? files.map((file) => judgeQuantum(file)) : []),
  ]
}

/** Where sealward.yml has members and none of them is for a file, that says that nobody is. */
function saysNothing(policy: Policy, path: string): boolean {
  return policy.members.length === 0 && recipientsFor(policy, path).length === 0
}

/** @returns null where nothing asks for a change, or nobody knows since when the keys are in use */
function judgeMember(member: Member, { policy, ages, now }: RecipientsQuestion): Judged | null {
  const since = member.since === null ? oldestOf(member.keys, ages) : { date: member.since, isExact: true }
  if (since === null) return null
  const subject: Subject = {
    ...{ kind: 'recipient', name: member.name, environment: null, owners: member.owners },
    place: { file: policy.file, line: member.line },
  }
  const terms = {
    rotateEvery: member.rotateEvery,
    warn: warnOf(member.rotateEvery).value,
    grace: graceOf(member.rotateEvery).value,
    decidedBy: { rotateEvery: member.decidedBy },
  }
  const answer = judgeAge(subject, { since: since.date, isExact: since.isExact, before: null }, { terms, now })
  if (answer === null) return null
  const source = member.since === null ? 'the first version of a file that has the key' : '`since` in sealward.yml'
  return {
    ...answer,
    reasons: [...answer.reasons, `since: ${source}`],
    advice:
      'Make a new key (sealward keygen), put it in the place of the old one in sealward.yml, encrypt the files anew.',
  }
}

function oldestOf(keys: readonly string[], ages: RecipientsQuestion['ages']): Since | null {
  const known = keys.map((key) => ages?.recipients.get(key)).filter((since) => since !== undefined)
  return known.toSorted((one, other) => one.date.getTime() - other.date.getTime())[0] ?? null
}

function judgeSet(file: EncryptedTo, question: RecipientsQuestion): Judged[] {
  const { policy } = question
  const known = new Set([
    ...policy.members.flatMap(({ keys }) => keys),
    ...policy.files.flatMap((rule) => rule.recipients),
  ])
  const actual = [...new Set(file.wrappedKeys.map(({ recipient }) => recipient))]
  const strangers = actual.filter((recipient) => !known.has(recipient))
  return [
    ...strangers.map((recipient) => judgeStranger(file, recipient, question)),
    ...judgeReaders(file, known, policy),
  ]
}

function judgeStranger(file: EncryptedTo, recipient: string, { ages, former }: RecipientsQuestion): Judged {
  const since = ages?.files.get(file.file)?.recipients.get(recipient)
  const name = former.get(recipient)
  return judged(
    { ...subjectOf(file), kind: 'recipient', name: name ?? shortRecipient(recipient) },
    {
      rule: 'not-in-policy',
      level: 'overdue',
      message: `can open the file and is not in sealward.yml${name === undefined ? '' : ' any more'}`,
      since: since?.date ?? null,
      sinceIsExact: since?.isExact ?? false,
      due: null,
      end: null,
      reasons: [`the file is encrypted to this key: ${shortRecipient(recipient)}`],
      advice: 'Encrypt the file anew to those in sealward.yml, and then change its values: they may have been kept.',
    },
  )
}

/** People who may open other files and not this one weigh more than people who should and cannot: those will say so. */
function judgeDifference(
  file: EncryptedTo,
  { actual, policy }: { readonly actual: readonly string[]; readonly policy: Policy },
): Judged {
  const wanted = recipientsFor(policy, file.path)
  const extra = actual.filter((recipient) => !wanted.includes(recipient)).length
  const missing = wanted.filter((recipient) => !actual.includes(recipient)).length
  return judged(subjectOf(file), {
    rule: 'recipients-differ',
    level: extra > 0 ? 'overdue' : missing > 0 ? 'late' : 'ok',
    message: differenceOf(extra, missing) + recoveryWords(policy, { wanted, actual }),
    ...UNDATED,
    reasons: [`sealward.yml names ${amount(wanted.length, 'recipient')} for it`],
    advice: extra + missing === 0 ? 'Nothing.' : 'Encrypt the file anew to those in sealward.yml.',
  })
}

/** Who opens the file, and how many of them together. One answer where that says all. */
function judgeReaders(file: EncryptedTo, known: ReadonlySet<string>, policy: Policy): Judged[] {
  const names = file.wrappedKeys.map(({ recipient }) => recipient)
  const actual = mapGroups(file.keyGroups ?? oneGroup(names), (members) => members.filter((one) => known.has(one)))
  const who = judgeDifference(file, { actual: everybodyIn(actual), policy })
  const together = judgeGroups(file, actual, policy)
  return [...(who.level === 'ok' && together.length > 0 ? [] : [who]), ...together]
}

/** How many have to come together is as much a part of who can open a file as who they are. */
function judgeGroups(file: EncryptedTo, actual: KeyGroups, policy: Policy): Judged[] {
  const wanted = keyGroupsFor(policy, file.path)
  if ((isOneGroup(wanted) && isOneGroup(actual)) || sameGroups(wanted, actual)) return []
  const [words, are] = [wordsForGroups(wanted), wordsForGroups(actual)]
  return [
    judged(subjectOf(file), {
      rule: 'recipients-differ',
      level: words === null ? 'late' : 'overdue',
      message: groupsDiffer(are, words),
      ...UNDATED,
      reasons: [`sealward.yml: ${words ?? 'no key-groups'}`],
      advice: 'Encrypt the file anew to those in sealward.yml, or write key-groups into its entry of files.',
    }),
  ]
}

/** That nobody could recover the file is worth more words than that somebody is missing. */
function recoveryWords(
  { recovery }: Policy,
  { wanted, actual }: { readonly wanted: readonly string[]; readonly actual: readonly string[] },
): string {
  if (recovery === null || !recovery.keys.some((key) => wanted.includes(key) && !actual.includes(key))) return ''
  return `; the recovery key (${recovery.name}) does not open it`
}

/** @param are of the file, and `words` of sealward.yml; null where each opens it alone */
function groupsDiffer(are: string | null, words: string | null): string {
  if (are === null) return `is opened by one recipient alone, and sealward.yml asks for ${words}`
  if (words === null) return `needs ${are}, and sealward.yml has none for it`
  return `needs ${are}, which are not those of sealward.yml: ${words}`
}

function differenceOf(extra: number, missing: number): string {
  const [more, less] = [amount(extra, 'recipient'), amount(missing, 'recipient')]
  if (extra + missing === 0) return 'is encrypted to those whom sealward.yml names'
  if (missing === 0) return `is encrypted to ${more} that sealward.yml names for other files only`
  if (extra === 0) return `is not encrypted to ${less} that sealward.yml names for it`
  return `is encrypted to ${more} that sealward.yml names for other files only, and not to ${less} that it names`
}

/** One classical recipient is enough: whoever records the file today opens it with the machine of tomorrow. */
function judgeQuantum(file: EncryptedTo): Judged {
  const classical = file.wrappedKeys.filter(({ recipient }) => !recipient.startsWith(POST_QUANTUM)).length
  const count = classical + file.foreign.length
  return judged(subjectOf(file), {
    rule: 'post-quantum',
    level: count > 0 ? 'overdue' : 'ok',
    message:
      count > 0
        ? `is encrypted to ${amount(count, 'recipient')} that a quantum computer could break`
        : 'is encrypted to post-quantum recipients alone',
    ...UNDATED,
    reasons: ['check.post-quantum: required'],
    advice:
      count > 0
        ? 'Give each of them a post-quantum key (sealward keygen --pq), and encrypt the file anew.'
        : 'Nothing.',
  })
}

const UNDATED = { since: null, sinceIsExact: false, due: null, end: null }

function subjectOf({ file, environment }: EncryptedTo): Subject {
  return { kind: 'file', name: file, environment, place: { file }, owners: [] }
}
