import type { DriverName, TlsMode } from '../target.ts'
import type { StatedTls } from './connection.ts'
import { firstOf } from './parameters.ts'

type Values = ReadonlyMap<string, string>

const ROOT_FILES = [
  'sslrootcert',
  'sslca',
  'sslcacert',
  'sslcacerts',
  'tlscafile',
  'sslcertificateauthorityfile',
  'rootcertificate',
  'servercertificate',
  'cacertfile',
  'sslcafile',
]

/** What `sslmode` and its relatives may say: libpq, MySQL, JDBC, Npgsql, node-postgres. */
const MODES: Readonly<Record<string, TlsMode>> = {
  disable: 'disable',
  disabled: 'disable',
  none: 'disable',
  allow: 'allow',
  prefer: 'prefer',
  preferred: 'prefer',
  require: 'require',
  required: 'require',
  trust: 'require',
  noverify: 'require',
  verifyca: 'verify-ca',
  verifyfull: 'verify-full',
  verifyidentity: 'verify-full',
}

/** From the strongest to the weakest. */
const READERS: readonly ((values: Values, driver: DriverName | null) => TlsMode | null)[] = [
  modeByName,
  modeOfGo,
  modeOfJdbcMysql,
  modeOfSwitch,
]

/** Reads what parameters (by plain key) say of TLS. What contradicts or is not known says nothing, so that `verify-full` counts. */
export function statedTls(values: Values, driver: DriverName | null): StatedTls {
  const rootFile = firstOf(values, ROOT_FILES)
  const system = values.get('sslrootcert') === 'system'
  let mode: TlsMode | null = null
  for (const read of READERS) mode ??= read(values, driver)
  // libpq refuses the system's own roots with any weaker mode: anybody can have a certificate of theirs.
  return { mode: system ? 'verify-full' : mode, rootFile: rootFile !== undefined && !system }
}

function modeByName(values: Values): TlsMode | null {
  const written = firstOf(values, ['sslmode'])
  return written === undefined ? null : (MODES[written.toLowerCase().replace(/[\s_-]+/g, '')] ?? null)
}

/** `tls` of go-sql-driver has words of its own; another word is the name of what the program set up. */
function modeOfGo(values: Values, driver: DriverName | null): TlsMode | null {
  if (driver !== 'mysql' && driver !== 'mariadb') return null
  const written = values.get('tls')?.toLowerCase()
  if (written === 'skip-verify') return 'require'
  return written === 'preferred' ? 'prefer' : null
}

/** Connector/J before `sslMode`: `useSSL` alone falls back, unless `requireSSL` forbids it. */
function modeOfJdbcMysql(values: Values, driver: DriverName | null): TlsMode | null {
  const use = truth(values.get('usessl'))
  if (use === null) return null
  if (!use) return 'disable'
  if (truth(values.get('trustservercertificate')) === true) return 'require'
  if (truth(values.get('disablesslhostnameverification')) === true) return 'verify-ca'
  if (truth(values.get('verifyservercertificate')) === true) return 'verify-ca'
  if (driver === 'mariadb') return 'verify-full'
  return truth(values.get('requiressl')) === true ? 'require' : 'prefer'
}

/** `ssl` and `tls`, on or off, with what takes parts of it back. */
function modeOfSwitch(values: Values): TlsMode | null {
  const written = firstOf(values, ['tls', 'ssl'])
  const on = truth(written) ?? fromJson(written)
  if (on === null || on === false) return on === null ? null : 'disable'
  if (typeof on === 'string') return on
  if (isUnchecked(values)) return 'require'
  const names =
    truth(values.get('tlsallowinvalidhostnames')) === true || truth(values.get('sslcheckhostname')) === false
  return names ? 'verify-ca' : 'verify-full'
}

function isUnchecked(values: Values): boolean {
  const certificates = values.get('sslcertreqs')?.toLowerCase()
  return (
    truth(values.get('tlsinsecure')) === true ||
    truth(values.get('tlsallowinvalidcertificates')) === true ||
    certificates === 'none' ||
    certificates === 'cert_none' ||
    values.get('sslfactory')?.endsWith('.NonValidatingFactory') === true
  )
}

/** mysql2 takes JSON: without `verifyIdentity` it looks at the chain alone. */
function fromJson(text: string | undefined): TlsMode | null {
  if (text === undefined || !text.startsWith('{')) return null
  try {
    const { rejectUnauthorized, verifyIdentity } = JSON.parse(text) as Record<string, unknown>
    if (rejectUnauthorized === false) return 'require'
    return verifyIdentity === true ? 'verify-full' : 'verify-ca'
  } catch {
    return null
  }
}

function truth(text: string | undefined): boolean | null {
  if (text === undefined) return null
  if (/^(?:true|1|yes|on)$/i.test(text)) return true
  return /^(?:false|0|no|off)$/i.test(text) ? false : null
}
