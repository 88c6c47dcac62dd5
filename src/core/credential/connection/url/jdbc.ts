import { readProperties } from '../pairs/properties.ts'
import { ambiguous } from '../refuse.ts'
import type { Reading, Slot } from '../slot.ts'
import { percentEncoded } from './percent.ts'
import { schemeOf } from './schemes.ts'
import { readUrl } from './url.ts'

/** `jdbc:mysql:replication://...` and the like have a mode between. */
const START = /^jdbc:(postgresql|mysql|mysql\+srv|mariadb)(?::[a-z]{1,32})?:\/\//i
const SQL_SERVER = /^jdbc:sqlserver:\/\/([^;]{0,1024});/i

/** Reads the URLs of Java: an address with its login among the parameters, percent-encoded as forms are; SQL Server's with `;`. */
export function readJdbc(value: string): Reading | null {
  const end = value.trimEnd().length
  const server = SQL_SERVER.exec(value)
  if (server !== null) return readProperties(value, { kind: 'jdbc', start: server[0].length, address: server[1]! })
  const found = START.exec(value)
  if (found === null || /\s/.test(value.slice(0, end))) return null
  const scheme = schemeOf(found[1]!.split('+')[0]!)
  const start = found[0].length
  const authority = value.slice(start).search(/[/?#]/)
  const logins = value.slice(start, authority < 0 ? end : start + authority).split('@').length - 1
  if (logins > 1) throw ambiguous('may have a login for each of its hosts')
  const reading = readUrl(value, { kind: 'jdbc', scheme, start, end, plus: 'space' })
  return reading === null || scheme.driver !== 'mariadb' ? reading : asWritten(value, reading)
}

/** MariaDB's driver has decoded parameters in some versions and not in others: a login that both read alike stands as it is. */
function asWritten(value: string, reading: Reading): Reading {
  const plain = (slot: Slot): Slot => {
    if (/[%+]/.test(value.slice(slot.start, slot.end)))
      throw ambiguous('has a % or + in its login, which versions of the driver read differently')
    return { ...slot, spell: (text) => (percentEncoded(text) === text ? text : null) }
  }
  return { ...reading, users: reading.users.map(plain), passwords: reading.passwords.map(plain) }
}
