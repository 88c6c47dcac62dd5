import { open as openFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Login, Probe } from '../../core/credential/change.ts'
import {
  freshKeyOf,
  openingLines,
  readSqlcipherSettings,
  rekeyLines,
  type SqlcipherSettings,
} from '../../core/credential/statements/sqlcipher.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Secret } from '../../core/secret.ts'
import type { OpenCredentialSystem } from '../../tasks/world/credentials.ts'
import { leanEnvironment, runChild } from './programs/child.ts'

/** A database in one file. The program `sqlcipher` reads statements from its standard input, so that no list of processes shows a key. */
export const open: OpenCredentialSystem = (target) => {
  const file: EncryptedFile = { path: resolve(target.host), settings: readSqlcipherSettings(target) }
  return {
    probe: (login, statement) => probe(file, login, statement),
    async preflight(_changes, admin) {
      const found = await probe(file, admin)
      if (found.kind === 'yes') return []
      return [found.kind === 'no' ? 'the present password does not open it' : found.why]
    },
    async carryOut(change, admin) {
      const fresh = freshKeyOf(change)
      if ((await probe(file, { user: '', password: fresh })).kind !== 'yes') await rekey(file, admin.password, fresh)
      return null
    },
  }
}

interface EncryptedFile {
  readonly path: string
  readonly settings: SqlcipherSettings
}

const PROGRAM = 'sqlcipher'
/** Another process may be writing. */
const BUSY_MS = 5000
const PROBE_MS = 30_000
/** Every page is written anew. */
const REKEY_MS = 30 * 60_000
const MAX_OUTPUT = 64 * 1024
const PLAIN_HEADER = 'SQLite format 3\0'
const DONE = 'sealward-done'

async function probe(file: EncryptedFile, { password }: Login, statement?: string): Promise<Probe> {
  try {
    const unfit = await unfitFile(file.path)
    if (unfit !== null) return { kind: 'unknown', why: unfit }
    const opened = await say(file, openingLines(password, file.settings), PROBE_MS)
    if (opened !== null) return opened === WRONG_KEY ? { kind: 'no' } : { kind: 'unknown', why: opened }
    if (statement === undefined) return { kind: 'yes' }
    const said = await say(file, [...openingLines(password, file.settings), `${oneStatement(statement)};`], PROBE_MS)
    return said === null ? { kind: 'yes' } : { kind: 'failed', why: 'the statement was not carried out' }
  } catch (error) {
    return { kind: 'unknown', why: error instanceof SealwardError ? error.message : 'the file cannot be read' }
  }
}

/**
 * SQLCipher writes the pages in one transaction with a journal: after a crash in the middle the next one to open the file, with the old
 * password, takes it back. There is no copy first: it would be one more file that the old password opens.
 */
async function rekey(file: EncryptedFile, current: Secret, fresh: Secret): Promise<void> {
  const unfit = await unfitFile(file.path)
  if (unfit !== null) throw new SealwardError('unavailable', unfit)
  const lines = [...openingLines(current, file.settings), ...rekeyLines(fresh, file.settings)]
  const trouble = await say(file, lines, REKEY_MS)
  if (trouble === WRONG_KEY)
    throw new SealwardError('permission', 'neither the old nor the new password opens the file')
  if (trouble !== null) throw new SealwardError('unavailable', `the file was not encrypted anew: ${trouble}`)
  // The pragma itself says nothing when it could not have the file for itself.
  if ((await probe(file, { user: '', password: fresh })).kind !== 'yes')
    throw new SealwardError('unavailable', 'the new password does not open the file', {
      hint: 'is another process writing to it? the next run tries both passwords',
    })
}

const WRONG_KEY = 'it is no database for this password'

/** Says all lines to the program. @returns null when every one was carried out, or what went wrong */
async function say({ path }: EncryptedFile, lines: readonly string[], timeoutMs: number): Promise<string | null> {
  const end = await runChild({
    program: PROGRAM,
    // Without a file of the user's with commands of its own, and never making the database.
    args: [
      '-batch',
      '-bail',
      '-init',
      process.platform === 'win32' ? 'NUL' : '/dev/null',
      `${pathToFileURL(path)}?mode=rw`,
    ],
    input: [`.timeout ${BUSY_MS}`, ...lines, `SELECT '${DONE}';`, ''].join('\n'),
    env: leanEnvironment([]),
    timeoutMs,
    maxBytes: MAX_OUTPUT,
  })
  if (end.kind !== 'ended') return `${PROGRAM}: ${end.why}`
  if (end.status === 0 && end.stdout.toString('latin1').trimEnd().endsWith(DONE)) return null
  if (/is not a database/.test(end.stderr)) return WRONG_KEY
  if (/is locked|is busy/.test(end.stderr)) return 'another process has the file'
  if (/unable to open/.test(end.stderr)) return 'the file cannot be opened'
  return `${PROGRAM} ended with status ${end.status}`
}

/** What no password opens. An empty file is opened by every one. @returns null for all others */
async function unfitFile(path: string): Promise<string | null> {
  try {
    const file = await openFile(path, 'r')
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(PLAIN_HEADER.length), 0, PLAIN_HEADER.length, 0)
      if (bytesRead < PLAIN_HEADER.length) return 'the file is empty, or cut off'
      return buffer.toString('latin1') === PLAIN_HEADER ? 'the file is a database that is not encrypted' : null
    } finally {
      await file.close()
    }
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'the file cannot be read'
  }
}

/** The program has commands of its own, and they begin with a dot: some start other programs. */
function oneStatement(statement: string): string {
  const text = statement.replace(/\s+/g, ' ').trim()
  if (!text.startsWith('.') && !text.includes(';')) return text
  throw new SealwardError('unsupported', 'the statement is not one statement of SQL')
}
