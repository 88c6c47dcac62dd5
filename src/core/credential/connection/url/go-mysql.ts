import { readHosts } from '../hosts.ts'
import { valuesOf } from '../parameters.ts'
import type { Reading, Slot } from '../slot.ts'
import { statedTls } from '../stated-tls.ts'
import { percentDecoded } from './percent.ts'
import { readQuery } from './query.ts'

const ADDRESS = /^([a-z][a-z0-9+._-]{0,31})\(([^()]{0,1024})\)$/i
const PARAMETERS = /^[A-Za-z][^\s?]*$/

/**
 * Reads the data source names of go-sql-driver/mysql: `[user[:password]@][net[(address)]]/database[?parameters]`. User and password are
 * written as they are: the last `/` ends the address, the last `@` in front of it the login, and the first `:` the user.
 */
export function readGoMysql(value: string): Reading | null {
  const slash = value.lastIndexOf('/')
  const at = slash < 0 ? -1 : value.lastIndexOf('@', slash)
  if (at < 0 || /^[A-Za-z][A-Za-z0-9+._-]{0,63}:\/\//.test(value)) return null
  const [, net = '', address = ''] = ADDRESS.exec(value.slice(at + 1, slash)) ?? []
  if (net === '' && at + 1 !== slash) return null
  const question = value.indexOf('?', slash)
  const query = question < 0 ? '' : value.slice(question + 1)
  const database = value.slice(slash + 1, question < 0 ? value.length : question)
  if (/\s/.test(database) || (query !== '' && !PARAMETERS.test(query))) return null
  const parameters = question < 0 ? [] : readQuery(value, question + 1, { end: value.length, plus: 'space' })
  const colon = value.indexOf(':')
  const userEnd = colon < 0 || colon > at ? at : colon
  return {
    connection: {
      kind: 'go-mysql',
      driver: 'mysql',
      hosts: net === 'unix' ? [{ host: address, port: null }] : (readHosts(address) ?? []),
      options: {},
      database: database === '' ? null : percentDecoded(database),
      tls: statedTls(valuesOf(parameters), 'mysql'),
    },
    users: [slotOf(value, 0, userEnd, spellUser)],
    passwords: userEnd === at ? [] : [slotOf(value, userEnd + 1, at, spellPassword)],
  }
}

function slotOf(value: string, start: number, end: number, spell: Slot['spell']): Slot {
  return { start, end, text: value.slice(start, end), spell }
}

function spellUser(text: string): string | null {
  return text.includes(':') ? null : spellPassword(text)
}

function spellPassword(text: string): string | null {
  return text.isWellFormed() && !text.includes('\0') ? text : null
}
