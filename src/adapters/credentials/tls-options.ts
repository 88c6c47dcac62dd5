import { isIP } from 'node:net'
import { type ConnectionOptions, checkServerIdentity } from 'node:tls'
import type { TlsSettings } from '../../core/credential/target.ts'
import { SealwardError } from '../../core/errors.ts'

/** How one attempt to connect is made. */
export type Link = 'tls' | 'plain'

/**
 * The ways to connect, in order. The second is for a server that refused the first before it asked for a password, and for nothing else: a
 * failed handshake or a wrong password never leads to a weaker connection.
 */
export function linksOf({ mode }: TlsSettings): readonly Link[] {
  if (mode === 'disable') return ['plain']
  if (mode === 'allow') return ['plain', 'tls']
  return mode === 'prefer' ? ['tls', 'plain'] : ['tls']
}

/**
 * What the settings mean to node's TLS; null for the mode `disable`. Packages are given this and never a mode: they read the same words in
 * ways of their own.
 *
 * @param host whose name the certificate has to have unless the settings name another; null where the package has several, and says which
 * @throws SealwardError policy-invalid for `verify-ca` without a `ca`: any certificate of anybody would do then, as no name is compared
 */
export function tlsOptions(settings: TlsSettings, host: string | null): ConnectionOptions | null {
  if (settings.mode === 'disable') return null
  const { ca, serverName } = settings
  const checks = checksOf(settings)
  const name = serverName ?? host
  return {
    minVersion: 'TLSv1.2',
    rejectUnauthorized: checks.chain,
    checkServerIdentity: (asked, certificate) =>
      checks.name ? checkServerIdentity(name ?? asked, certificate) : undefined,
    ...(ca !== null && { ca }),
    // An address is no name to ask for (RFC 6066 section 3).
    ...(name !== null && isIP(name) === 0 && { servername: name }),
  }
}

/** Whether whoever answers has proved to be who was meant, or to be known to the authority that counts. */
export function verifies(settings: TlsSettings): boolean {
  return settings.mode !== 'disable' && checksOf(settings).chain
}

/** What of a certificate is looked at. @throws SealwardError policy-invalid */
function checksOf({ mode, ca }: TlsSettings): { readonly chain: boolean; readonly name: boolean } {
  if (mode === 'verify-ca' && ca === null)
    throw new SealwardError('policy-invalid', 'the TLS mode verify-ca needs a ca', {
      hint: 'name the authority in tls: { ca }, or use verify-full, which compares the name too',
    })
  // libpq's oldest habit: whoever names an authority wants it asked.
  const chain = mode === 'verify-full' || mode === 'verify-ca' || (mode === 'require' && ca !== null)
  return { chain, name: mode === 'verify-full' }
}
