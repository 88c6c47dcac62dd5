import { AUTHORITY, type Authority, type Issued, serverFor } from '../core/certificate/authority.ts'

const DAY_MS = 86_400_000

/** A server's certificate that counts today, those who may sign, and others who may not. */
export interface Certificates {
  readonly server: Issued
  readonly ca: string
  readonly otherCa: string
}

/** @param names as openssl has them: `DNS:db.example.org`, `IP:127.0.0.1` */
export function certificatesFor(openssl: Authority, ...names: string[]): Certificates {
  const life = { from: dateOf(-DAY_MS), to: dateOf(30 * DAY_MS) }
  const [ca, other] = ['One', 'Other'].map((cn) => openssl.issue({ cn, ...life, extensions: AUTHORITY }))
  const server = openssl.issue({ cn: 'a server', ...life, extensions: serverFor(...names), by: ca! })
  return { server, ca: ca!.pem, otherCa: other!.pem }
}

function dateOf(distance: number): string {
  return `${new Date(Date.now() + distance).toISOString().replace(/[-:T]|\..*/g, '')}Z`
}
