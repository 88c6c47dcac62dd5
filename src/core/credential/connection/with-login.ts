import { SealwardError } from '../../errors.ts'
import type { Secret } from '../../secret.ts'
import { connectionOf, readingOf } from './read.ts'
import type { Reading, Slot } from './slot.ts'

/** What of a login is to be another one. */
export interface NewLogin {
  readonly user?: string
  readonly password?: Secret
}

interface Edit {
  readonly slot: Slot
  readonly spelled: string
}

/**
 * Changes the login of a connection string, and not one byte beside it. A part that has that meaning already stays as it is spelled.
 *
 * @throws SealwardError unsupported for what is no connection string, or one that `readConnection` refuses, or one without a place for the user
 *   or the password; not-representable for a login that cannot be written in it so that it is read as the same again
 */
export function withLogin(value: string, { user, password }: NewLogin): string {
  const reading = readingOf(value)
  if (reading === null)
    throw new SealwardError('unsupported', 'the value is not a connection string of a kind that is known')
  const secret = password?.reveal()
  const edits = [...editsOf(reading.users, user, 'user'), ...editsOf(reading.passwords, secret, 'password')]
  const changed = splice(value, edits)
  if (!isAsMeant(changed, reading, { user, secret })) throw notRepresentable('login')
  return changed
}

function editsOf(slots: readonly Slot[], text: string | undefined, what: 'user' | 'password'): Edit[] {
  if (text === undefined) return []
  if (slots.length === 0)
    throw new SealwardError('unsupported', `the connection string has no ${what} that could be changed`)
  return slots.flatMap((slot) => {
    if (slot.text === text) return []
    const spelled = slot.spell(text)
    if (spelled === null) throw notRepresentable(what)
    return [{ slot, spelled }]
  })
}

function splice(value: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let from = 0
  for (const { slot, spelled } of edits.toSorted((one, other) => one.slot.start - other.slot.start)) {
    pieces.push(value.slice(from, slot.start), spelled)
    from = slot.end
  }
  return [...pieces, value.slice(from)].join('')
}

/** What was written is read again before anybody relies on it: a wrong one locks an application out, or sends its password elsewhere. */
function isAsMeant(
  changed: string,
  { connection, users, passwords }: Reading,
  { user, secret }: { readonly user: string | undefined; readonly secret: string | undefined },
): boolean {
  const again = readAgain(changed)
  if (again === null) return false
  const read = connectionOf(again)
  const meantUser = user ?? users[0]?.text ?? null
  const meantPassword = secret ?? passwords[0]?.text ?? null
  const same = JSON.stringify(again.connection) === JSON.stringify(connection)
  return same && read.user === meantUser && (read.password?.reveal() ?? null) === meantPassword
}

function readAgain(changed: string): Reading | null {
  try {
    return readingOf(changed)
  } catch {
    return null
  }
}

function notRepresentable(what: string): SealwardError {
  return new SealwardError('not-representable', `the connection string cannot hold the new ${what} as it is`, {
    hint: 'leave the characters out that its kind has other uses for: rotation.credentials[].generate: { alphabet: url-safe }',
  })
}
