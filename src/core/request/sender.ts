import { at, type Json, textOf } from '../trust/json.ts'
import { type AddressBlock, isWithin } from './address.ts'
import type { RotationRequest } from './request.ts'
import type { RequestRefusal } from './verdict.ts'

/** The account whose token caused an event. GitHub vouches for it. */
export interface Sender {
  /** The number of the account, which stays when it is renamed. */
  readonly id: string
  readonly login: string
  /** Of a GitHub App, as its address has it; null for any other account. */
  readonly app: string | null
}

/** Who may send requests. Null for a list that is not given, which everybody is in. */
export interface AllowedSenders {
  /** Logins, or numbers of accounts. */
  readonly actors: readonly string[] | null
  readonly apps: readonly string[] | null
  /** Where the sender itself was asked from: it says so in the request. GitHub tells no address. */
  readonly addresses: readonly AddressBlock[] | null
}

const LOGIN = /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})(?:\[bot\])?$/

/** @returns null where the payload does not say it as GitHub does */
export function senderIn(payload: Json): Sender | null {
  const [id, login, type] = ['id', 'login', 'type'].map((name) => at(payload, 'sender', name))
  const name = textOf(login)
  if (!Number.isSafeInteger(id) || name === null || !LOGIN.test(name)) return null
  return { id: String(id), login: name, app: type === 'Bot' && name.endsWith('[bot]') ? name.slice(0, -5) : null }
}

/** Judges an account before anything that it sent is looked at. An app is held against `apps` where there is such a list, else against `actors`. */
export function judgeSender(sender: Sender | null, { actors, apps }: AllowedSenders): RequestRefusal['kind'] | null {
  const isApp = sender !== null && sender.app !== null
  if (isApp && apps !== null) return has(apps, sender.app!) ? null : 'app-not-allowed'
  if (actors !== null) {
    const isListed = sender !== null && (has(actors, sender.login) || actors.includes(sender.id))
    return isListed ? null : 'actor-not-allowed'
  }
  // Only apps are listed, and this is none.
  return apps === null ? null : 'app-not-allowed'
}

/** Judges where a signed request came from. */
export function judgeAddress({ address }: RotationRequest, { addresses }: AllowedSenders): boolean {
  return addresses === null || (address !== undefined && addresses.some((block) => isWithin(address, block)))
}

/** Letter case does not count in GitHub's names. */
function has(list: readonly string[], name: string): boolean {
  return list.some((one) => one.toLowerCase() === name.toLowerCase())
}
