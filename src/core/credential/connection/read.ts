import { LIMITS } from '../../dotenv/document.ts'
import { Secret } from '../../secret.ts'
import type { Connection } from './connection.ts'
import { readJson } from './json.ts'
import { readLibpq } from './pairs/libpq.ts'
import { readProperties } from './pairs/properties.ts'
import type { Reader, Reading } from './slot.ts'
import { readGoMysql } from './url/go-mysql.ts'
import { readJdbc } from './url/jdbc.ts'
import { readUrls } from './url/urls.ts'

/** A new kind is a reader, and a line here. The first that knows the text reads it: Go's comes last, since in it all is taken as it is. */
const READERS: readonly Reader[] = [
  readJson,
  readJdbc,
  readUrls,
  readLibpq,
  (value) => readProperties(value),
  readGoMysql,
]

/**
 * Reads a connection string of any kind.
 *
 * @returns null for a text that is none
 * @throws SealwardError unsupported for one whose login programs read differently. It repeats nothing of it.
 */
export function readConnection(value: string): Connection | null {
  const reading = readingOf(value)
  return reading === null ? null : connectionOf(reading)
}

/** The same, with the places of the login. */
export function readingOf(value: string): Reading | null {
  if (value.length > LIMITS.valueBytes) return null
  for (const read of READERS) {
    const reading = read(value)
    if (reading !== null) return reading
  }
  return null
}

export function connectionOf({ connection, users, passwords }: Reading): Connection {
  const password = passwords[0]?.text
  return {
    ...connection,
    user: users[0]?.text ?? null,
    password: password === undefined ? null : new Secret(password),
  }
}
