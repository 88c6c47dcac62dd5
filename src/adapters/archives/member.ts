import type { Collected } from './collect.ts'

/** A file of an archive, before anybody looks whether it is an archive too. */
export interface Member {
  readonly kind: 'member'
  readonly name: string
  readonly link?: true
  readonly content: Collected
  /** As the archive says it; null where it does not. */
  readonly size: number | null
}

/** Why a member, or with '' the archive, is not read. */
export interface Refused {
  readonly kind: 'refused'
  readonly name: string
  readonly why: string
}
