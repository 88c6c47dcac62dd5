import * as v from 'valibot'
import type { Yaml } from '../../../config/yaml.ts'
import { date, described, listOf, matching } from '../../schema-parts.ts'
import { daysOf, period } from '../duration.ts'
import { placeOf } from '../place.ts'
import { startOfDay } from '../secrets.ts'
import { owners, ownersOf } from './owners.ts'
import { roleName } from './roles.ts'

/** An entry of `recipients`: a person, a machine or a service that can open files. */
export interface Member {
  readonly line: number
  readonly name: string
  /** age recipients, as text. */
  readonly keys: readonly string[]
  readonly owners: readonly string[]
  /** Names of roles: with one, it is none of those who can open every file that has no list. */
  readonly roles: readonly string[]
  /** The start of the day (UTC) since when it has these keys; null where only history can say. */
  readonly since: Date | null
  /** How many days its keys may be used; null for ever. */
  readonly rotateEvery: number | null
  /** What decided `rotateEvery`. */
  readonly decidedBy: string
}

/**
 * Bech32 has no 1, b, i and o. The lengths are those of X25519 and hybrid recipients; a plugin's is let through, because whoever
 * encrypts says best what is wrong with it, and checks the checksum of all.
 */
const DATA = '[02-9ac-hj-np-z]'
const RECIPIENT = `age1(?:${DATA}{58}|pq1${DATA}{1952}|(?!pq1)[a-z0-9-]{1,64}1${DATA}{6,4096})`
/** A name is printed in messages, so it may not look like a recipient or a key. */
const NAME = '(?![Aa][Gg][Ee][1-])[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}'
const DEFAULT_DAYS = 90

export const memberName = matching(
  new RegExp(`^${NAME}$`),
  'has a name that is not 1 to 64 letters, digits and . _ @ + -, or that starts like a key',
)
export const member = matching(
  new RegExp(`^(?:${NAME}|${RECIPIENT})$`),
  'is neither a name from recipients nor an age recipient',
)
const recipient = matching(new RegExp(`^${RECIPIENT}$`), 'is not an age recipient (age1...)')
const recipients = v.pipe(v.array(recipient), v.minLength(1, 'must not be empty'))

export const RecipientsSection = v.record(
  memberName,
  v.union(
    [
      recipient,
      recipients,
      v.strictObject({
        keys: described(
          v.union([recipient, recipients], 'must be an age recipient or a list of them'),
          'An age recipient, or a list of them.',
        ),
        owner: v.optional(described(owners, 'Whose it is: GitHub logins, teams (octo-org/ops) or free words.')),
        roles: listOf(
          roleName,
          'Which files are for it: roles from roles, or built-in ones. Without it, those of everybody.',
        ),
        since: v.optional(described(date, 'The day (UTC) since when it has these keys. Without it, history is asked.')),
        'rotate-every': v.optional(described(period, 'How long keys may be used: 90d, 1y or never. Without it, 90d.')),
      }),
    ],
    'must be an age recipient or a list of them, or a map with keys',
  ),
)

type RecipientsText = v.InferOutput<typeof RecipientsSection>

interface MembersSource {
  readonly file: string
  readonly yaml: Yaml
  /** Whose key lies in a safe and is not used: nobody renews it by the calendar. Null for nobody. */
  readonly apart: string | null
}

/** @param text as the schema lets it through */
export function readMembers(text: RecipientsText, { file, yaml, apart }: MembersSource): Member[] {
  return Object.entries(text).map(([name, given]) => {
    const said = typeof given === 'string' || Array.isArray(given) ? { keys: given } : given
    const { keys, owner, roles = [], since, 'rotate-every': every } = said
    return {
      line: yaml.lineOf(['recipients', name]),
      ...{ name, roles },
      keys: [keys].flat(),
      owners: ownersOf(owner),
      since: since === undefined ? null : startOfDay(since),
      rotateEvery: every !== undefined ? daysOf(every) : name === apart ? null : DEFAULT_DAYS,
      decidedBy:
        every === undefined
          ? `default: ${name === apart ? 'the recovery key' : 'keys of recipients'}`
          : `recipients, ${placeOf(file, yaml.lineOf(['recipients', name, 'rotate-every']))}`,
    }
  })
}
