import type { Connection } from './connection.ts'

/** A place of a connection string that holds a user or a password. */
export interface Slot {
  readonly start: number
  readonly end: number
  /** What it means. */
  readonly text: string
  /** How another text is spelled there; null where that cannot be. */
  readonly spell: (text: string) => string | null
}

/** A connection string as one of the readers understands it. */
export interface Reading {
  readonly connection: Omit<Connection, 'user' | 'password'>
  /** More than one only where the same login stands in several addresses. */
  readonly users: readonly Slot[]
  readonly passwords: readonly Slot[]
}

/** A reader of one kind: null for a text of another kind. Throws SealwardError for one that it must not change. */
export type Reader = (value: string) => Reading | null
