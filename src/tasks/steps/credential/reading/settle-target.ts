import type { Connection } from '../../../../core/credential/connection/connection.ts'
import type { Target } from '../../../../core/credential/target.ts'
import { settleTls } from '../../../../core/credential/tls.ts'
import { SealwardError } from '../../../../core/errors.ts'
import type { CredentialRule, VariableRef } from '../../../../core/policy/sections/rotation.ts'
import type { Files } from '../../../world.ts'

export interface TargetQuestion {
  readonly rule: CredentialRule
  readonly connection: Connection | null
  /** Of the file of the credential. */
  readonly values: Pick<ReadonlyMap<string, string>, 'get'>
  readonly files: Pick<Files, 'read'>
}

const CA_BYTES = 1024 * 1024

/**
 * The system that a credential is for, by its connection string and by sealward.yml.
 *
 * @throws SealwardError policy-invalid where neither says what is needed; not-found for a variable or a file that is named
 */
export async function settleTarget(question: TargetQuestion): Promise<Target> {
  const { rule, connection } = question
  const driver = rule.driver ?? connection?.driver ?? null
  if (driver === null) throw unclear(rule, 'of what kind the system is: name its driver')
  const hosts = connection?.hosts ?? []
  const host = hosts.length > 0 ? joined(connection!) : (settled(rule.host, question) ?? '')
  const port = hosts.length === 1 ? hosts[0]!.port : portOf(settled(rule.port, question), rule)
  const database = connection?.database ?? settled(rule.database, question)
  const ca = await authorities(question)
  const tls = settleTls({
    asked: { mode: rule.tls.mode, ca, serverName: rule.tls.serverName },
    stated: connection?.tls ?? null,
    hosts: hosts.length > 0 ? hosts.map((one) => one.host) : [host],
  })
  const stated = connection?.driver === driver ? connection.options : {}
  return { driver, host, port, database, tls, options: { ...stated, ...rule.options } }
}

/** What tells one system from another: a rotation goes on at the one where it began. Whether it is encrypted on the way says nothing. */
export function targetText({ driver, host, port, database }: Target): string {
  return JSON.stringify([driver, host, port, database])
}

/** Several hosts are one system, as MongoDB's connection strings have them. */
function joined({ hosts }: Connection): string {
  if (hosts.length === 1) return hosts[0]!.host
  return hosts
    .map(({ host, port }) => (port === null ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`))
    .join(',')
}

function settled(given: string | number | VariableRef | null, { rule, values }: TargetQuestion): string | null {
  if (given === null || typeof given === 'string') return given
  if (typeof given === 'number') return String(given)
  const value = values.get(given.secret)
  if (value === undefined)
    throw new SealwardError('not-found', `there is no variable ${given.secret}`, { file: rule.path })
  return value
}

function portOf(text: string | null, rule: CredentialRule): number | null {
  if (text === null) return null
  if (!/^[1-9][0-9]{0,4}$/.test(text) || Number(text) > 65_535)
    throw unclear(rule, 'which port: it is no number of one')
  return Number(text)
}

async function authorities(question: TargetQuestion): Promise<string | null> {
  const { ca } = question.rule.tls
  if (ca === null || typeof ca !== 'string') return settled(ca, question)
  const bytes = await question.files.read(ca, CA_BYTES)
  if (bytes === null)
    throw new SealwardError('not-found', 'there is no file with certificates of authorities', { file: ca })
  return Buffer.from(bytes).toString('utf8')
}

function unclear({ name, line }: CredentialRule, what: string): SealwardError {
  return new SealwardError('policy-invalid', `rotation.credentials, ${name}: it is not clear ${what}`, {
    file: 'sealward.yml',
    line,
  })
}
