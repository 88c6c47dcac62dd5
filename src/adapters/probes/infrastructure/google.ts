import { X509Certificate } from 'node:crypto'
import { at, parseJson, textOf } from '../../../core/trust/json.ts'
import type { ProbeAnswer } from '../../../tasks/world/scan/probe.ts'
import { DEAD, type Door, LIVE, type Probe, UNKNOWN } from '../probe.ts'

const PATH = '/robot/v1/metadata/x509/'
/** The address of a service account, which becomes a part of a path. */
const ADDRESS = /^[a-z0-9.-]{1,100}@[a-z0-9.-]{1,100}\.gserviceaccount\.com$/

/**
 * The key of a service account, in its JSON. Google publishes the certificate of each key that counts; so nothing secret is sent. The
 * address in the JSON (`client_x509_cert_url`) is not followed: whoever wrote the file would choose the host.
 */
export const google: Probe = {
  name: 'gcp',
  rules: [],
  bases: ['https://www.googleapis.com'],
  prepare({ value }) {
    const json = value.startsWith('{') ? parseJson(Buffer.from(value)) : undefined
    const [id, address] = [textOf(at(json, 'private_key_id')), textOf(at(json, 'client_email'))]
    if (id === null || address === null || !ADDRESS.test(address)) return null
    return (door) => ask(id, address, door)
  },
}

async function ask(id: string, address: string, { send }: Door): Promise<ProbeAnswer> {
  const { status, json } = await send({
    path: PATH + encodeURIComponent(address),
    headers: { accept: 'application/json' },
  })
  // An account that is gone; its keys are with it.
  if (status === 404) return typeof at(json, 'error') === 'object' ? DEAD : UNKNOWN
  if (status !== 200 || typeof json !== 'object' || json === null || Array.isArray(json)) return UNKNOWN
  const pem = textOf(at(json, id))
  if (pem === null) return Object.values(json).every(isCertificate) ? DEAD : UNKNOWN
  return isCertificate(pem) ? { ...LIVE, ...lifeOf(pem) } : UNKNOWN
}

/** Google gives a key that never ends the last day of 9999. */
function lifeOf(pem: string): Pick<ProbeAnswer, 'expires' | 'issued'> {
  const { validFrom, validTo } = new X509Certificate(pem)
  const end = new Date(validTo)
  return { issued: new Date(validFrom), expires: end.getUTCFullYear() === 9999 ? null : end }
}

function isCertificate(pem: unknown): boolean {
  try {
    return typeof pem === 'string' && new X509Certificate(pem).validTo !== ''
  } catch {
    return false
  }
}
