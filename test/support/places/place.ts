import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Login } from '../../../src/core/credential/change.ts'
import type { Moments } from '../killing/moments.ts'

/** A login at a real system, as sealward.yml, the encrypted file and an application speak of it. */
export interface CredentialPlace {
  readonly title: string
  /** Whether the old login goes on working for a while. */
  readonly hasOverlap: boolean
  /** The port of the server; null where the system is no server. */
  readonly port: number | null
  /** Of sealward.yml in flow style, without name and path. */
  readonly entry: (port: number) => string
  /** Of the encrypted file. */
  readonly values: (port: number) => Readonly<Record<string, string>>
  /** Logs in afresh, as an application would, and hangs up; throws when that fails. */
  readonly knock: (login: Login) => Promise<unknown>
  /** For a system that is a program: what reports its moments. @returns what has to be in the environment */
  readonly prepare?: (moments: Moments) => Readonly<Record<string, string>>
}

/** A server with several such logins. */
export interface ServedPlaces {
  readonly places: readonly CredentialPlace[]
  /** Everything that it wrote or said in which one of these texts is. */
  traces(texts: ReadonlySet<string>): Promise<string[]>
  close(): Promise<void>
}

/** The files, data and logs alike, that hold one of these texts. */
export function filesWith(folder: string, texts: ReadonlySet<string>): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => holdsOne(readFileSync(path), texts))
}

export function holdsOne(bytes: Buffer, texts: ReadonlySet<string>): boolean {
  return [...texts].some((text) => bytes.includes(text))
}
