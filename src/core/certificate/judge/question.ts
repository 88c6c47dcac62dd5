import type { KeyObject } from 'node:crypto'
import type { SubjectPlace } from '../../check/judged.ts'
import type { Certificate } from '../certificate.ts'
import type { Container } from '../container/container.ts'
import type { RevocationList } from '../revocation-list.ts'

export type CertificatePurpose = 'server' | 'client' | 'ca' | 'any'

/** One file, value or endpoint with certificates, and what is asked of them. */
export interface CertificateQuestion {
  readonly container: Container
  /** Stands before the names of its certificates: the variable, `host:port`; null for a file. */
  readonly label: string | null
  /** With a line when that is where its certificates stand, as for an encrypted value; without one, each has its own. */
  readonly place: SubjectPlace | null
  readonly environment: string | null
  readonly owners: readonly string[]
  /** Which entry of sealward.yml asks, in words; empty for none. */
  readonly reasons: readonly string[]
  /** Names and addresses that one of them must be for; empty for no question. */
  readonly hosts: readonly string[]
  readonly purpose: CertificatePurpose
  /** The private key that one of them must be for; null for no question. */
  readonly key: KeyObject | null
  /** Revocation lists to look them up in. Those in the container itself are added, and their freshness is judged. */
  readonly lists: readonly RevocationList[]
  /** Authorities that clients have already; empty when it is not known which, and then a chain is judged by what it says alone. */
  readonly authorities: readonly Certificate[]
  /** It is due at the latest this many days before its end; null for the bands alone. */
  readonly floorDays: number | null
  /** Days of warning where the start of a life is unknown. */
  readonly warnDays: number
}
