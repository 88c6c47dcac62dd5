import type { Yaml } from '../../config/yaml.ts'
import type { PasswordPolicy } from '../../credential/password/policy.ts'
import type { DriverName, Strategy, TlsMode } from '../../credential/target.ts'
import { credentialName } from '../rotation/credential-name.ts'
import type { CredentialText, RotationText } from '../rotation/schema.ts'
import { hoursOf } from './duration.ts'

/** The section `rotation`, with defaults filled in. */
export interface RotationPolicy {
  readonly delivery: DeliveryRule
  /** So many failures in a row until a person is asked. */
  readonly breaker: number
  readonly credentials: readonly CredentialRule[]
}

/** How what a rotation writes gets to the branch that counts. */
export interface DeliveryRule {
  readonly mode: 'pull-request' | 'commit'
  /** The branch that counts; null for the default branch of the remote. */
  readonly branch: string | null
  /** What the names of the rotations' own branches begin with. */
  readonly prefix: string
}

/** An entry of `credentials`: one login, where it is written down, and how it is changed. */
export interface CredentialRule {
  readonly line: number
  /** `[a-z0-9][a-z0-9-]{0,63}`, of which each occurs once. */
  readonly name: string
  /** The encrypted file, relative to sealward.yml, with '/' separators. */
  readonly path: string
  readonly variables: LoginVariables
  /** Null where the connection string has to tell it. */
  readonly driver: DriverName | null
  /** Null where `strategyOf` of `credential/strategy.ts` chooses it. */
  readonly strategy: Strategy | null
  /** The two logins of `alternating`. */
  readonly users: readonly [string, string] | null
  readonly host: string | VariableRef | null
  readonly port: number | VariableRef | null
  readonly database: string | VariableRef | null
  /** Null where the login changes itself. */
  readonly admin: AdminRule | null
  readonly tls: TlsRule
  /** Hours in which the old login goes on working after the promotion; null where nothing is said: `GRACE_HOURS` counts then. */
  readonly graceHours: number | null
  /** What is asked after the promotion, in this order. */
  readonly verify: readonly VerifyRule[]
  readonly generate: PasswordPolicy
  /** The driver's own: a list is JSON, numbers and booleans are as they are written. */
  readonly options: Readonly<Record<string, string>>
}

/** Names of variables. One of `url` and `password` is never null. All that are named are changed together. */
export interface LoginVariables {
  readonly url: string | null
  readonly user: string | null
  readonly password: string | null
}

/** A variable of the credential's file that has the setting. */
export interface VariableRef {
  readonly secret: string
}

/** Whose login makes the changes. */
export interface AdminRule {
  /** The encrypted file that has it. */
  readonly path: string
  readonly variables: LoginVariables
}

/** What the entry says of TLS; `settleTls` of `credential/tls.ts` decides. */
export interface TlsRule {
  readonly mode: TlsMode | null
  /** A file with PEM, relative to sealward.yml, or a variable of the credential's file that has PEM. */
  readonly ca: string | VariableRef | null
  readonly serverName: string | null
}

export type VerifyRule =
  /** Asked with the new login, over a connection of its own. */
  | { readonly kind: 'sql'; readonly statement: string }
  | { readonly kind: 'http'; readonly url: string; readonly status: number }
  /** A program and its arguments; no shell reads them. */
  | { readonly kind: 'command'; readonly argv: readonly string[] }

/** The grace of a credential that says none. */
export const GRACE_HOURS = 24

/** @param text as the schema lets it through and `findRotationProblems` finds nothing in */
export function readRotation(text: RotationText, yaml: Yaml): RotationPolicy {
  const { mode, branch = null, prefix } = text.delivery
  return {
    delivery: { mode, branch, prefix },
    breaker: text.breaker,
    credentials: text.credentials.map((entry, index) => ({
      line: yaml.lineOf(['rotation', 'credentials', index]),
      ...readCredential(entry),
    })),
  }
}

/** One entry, without its place. */
export function readCredential(entry: CredentialText): Omit<CredentialRule, 'line'> {
  const { path, driver = null, strategy = null, users, host = null, port = null, database = null, grace } = entry
  const variables = variablesOf(entry)
  return {
    name: entry.name ?? credentialName(path, variables.url ?? variables.password ?? ''),
    ...{ path, variables, driver, strategy, host, port, database },
    users: users === undefined ? null : [users[0]!, users[1]!],
    admin: entry.admin === undefined ? null : { path: entry.admin.path ?? path, variables: variablesOf(entry.admin) },
    tls: {
      mode: entry.tls.mode ?? null,
      ca: entry.tls.ca ?? null,
      serverName: entry.tls['server-name'] ?? null,
    },
    graceHours: grace === undefined ? null : hoursOf(grace),
    verify: (entry.verify ?? []).map(verifyOf),
    generate: passwordPolicyOf(entry.generate),
    options: Object.fromEntries(Object.entries(entry.options).map(([name, value]) => [name, optionOf(value)])),
  }
}

function variablesOf({ url, user, password }: NonNullable<CredentialText['admin']>): LoginVariables {
  return { url: url ?? null, user: user ?? null, password: password ?? null }
}

function verifyOf({ sql, http, status = 200, command }: NonNullable<CredentialText['verify']>[number]): VerifyRule {
  if (sql !== undefined) return { kind: 'sql', statement: sql }
  if (http !== undefined) return { kind: 'http', url: http, status }
  return { kind: 'command', argv: command! }
}

function passwordPolicyOf(text: CredentialText['generate']): PasswordPolicy {
  const { length, alphabet, classes = [], exclude = '', 'letter-first': letterFirst } = text
  return { length, alphabet, classes: [...new Set(classes)], exclude, letterFirst }
}

function optionOf(value: CredentialText['options'][string]): string {
  return Array.isArray(value) ? JSON.stringify(value) : String(value)
}
