import { Buffer } from 'node:buffer'
import { readYaml } from '../../config/yaml.ts'
import { Secret } from '../../secret.ts'
import { type CertificateGroup, type Container, containerOf, type NamedToken } from './container.ts'
import type { Passwords } from './passwords.ts'
import { readPem } from './pem.ts'

/** Asked first, as reading YAML costs more than anything else here. */
const LOOKS_LIKE_ONE = /["']?\b(?:users|clusters)["']?[ \t]{0,8}:/
const MAX_ENTRIES = 1000

/**
 * Reads a kubeconfig, YAML or JSON: the certificates of its users and of the authorities of its clusters, and its tokens. Files that it
 * names are not opened.
 *
 * @returns null when the text is none, or no YAML that Sealward reads
 */
export function readKubeconfig(text: string, passwords: Passwords): Container | null {
  if (!LOOKS_LIKE_ONE.test(text)) return null
  const root = parse(text)
  const clusters = entriesOf(root?.clusters, 'cluster')
  const users = entriesOf(root?.users, 'user')
  if (clusters.length + users.length === 0) return null
  const read = [
    ...clusters.map((entry) => readEntry(entry, { role: 'trusted', from: ['certificate-authority-data'] }, passwords)),
    ...users.map((entry) =>
      readEntry(entry, { role: 'presented', from: ['client-certificate-data', 'client-key-data'] }, passwords),
    ),
  ]
  return containerOf('kubeconfig', {
    groups: read.flatMap((container) => container?.groups ?? []),
    problems: read.flatMap((container) => container?.problems ?? []),
    tokens: users.flatMap(tokenOf),
  })
}

type Fields = Readonly<Record<string, unknown>>

interface Entry {
  readonly name: string
  readonly fields: Fields
}

interface Wanted {
  readonly role: CertificateGroup['role']
  readonly from: readonly string[]
}

function parse(text: string): Fields | null {
  try {
    const { value } = readYaml(text, { file: 'kubeconfig', merge: false })
    return isFields(value) ? value : null
  } catch {
    return null
  }
}

function entriesOf(list: unknown, key: string): Entry[] {
  if (!Array.isArray(list)) return []
  return list.slice(0, MAX_ENTRIES).flatMap((item: unknown): Entry[] => {
    const fields = isFields(item) ? item[key] : null
    return isFields(item) && isFields(fields) ? [{ name: String(item.name ?? ''), fields }] : []
  })
}

function readEntry({ name, fields }: Entry, { role, from }: Wanted, passwords: Passwords): Container | null {
  const pem = from.flatMap((field) => (typeof fields[field] === 'string' ? [decode(fields[field])] : []))
  const container = readPem(pem.join('\n'), passwords)
  if (container === null) return null
  return {
    ...container,
    groups: container.groups.map((group) => ({ ...group, name, role, certificates: group.certificates.map(unplaced) })),
    problems: container.problems.map(unplaced),
  }
}

/** Lines of what was base64 are no lines of the file. */
function unplaced<T>(item: T): T & { readonly line: null } {
  return { ...item, line: null }
}

function decode(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1')
}

function tokenOf({ name, fields: { token } }: Entry): NamedToken[] {
  return typeof token === 'string' && token !== '' ? [{ name, token: new Secret(token) }] : []
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
