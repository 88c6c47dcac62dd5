import { Buffer } from 'node:buffer'
import { scrypt } from 'node:crypto'
import { SealwardError } from '../errors.ts'
import type { Secret } from '../secret.ts'
import { isBinaryAgeFile } from './foreign.ts'
import { openAead } from './reader/aead.ts'
import { decodeArmor } from './reader/armor.ts'
import { decodeBase64 } from './reader/base64.ts'
import { checkMac, type Header, parseHeader } from './reader/header.ts'
import { openPayload } from './reader/payload.ts'

/** Asks for the passphrase, for the first time or once more; null where nobody is there to say it. */
export type AskPassphrase = (attempt: number) => Promise<Secret | null>

/** What age makes, and what takes a second: 256 MiB. */
const WORK_FACTOR = 18
/** age's own bound. A file asks for the work before anything in it is authentic: each step up doubles time and memory. */
const MOST_WORK = 22
const BLOCK = 8
const SALT_LABEL = 'age-encryption.org/v1/scrypt'
const SALT_BYTES = 16
const BODY_BYTES = 32
const ATTEMPTS = 3

/**
 * Opens an identity file that is protected by a passphrase, as `age -p` makes it.
 *
 * @param text armored, or a binary file as Latin-1
 * @returns the identity file in it
 * @throws SealwardError as `openWithPassphrase`
 */
export async function openProtected(text: string, ask: AskPassphrase): Promise<string> {
  const file = isBinaryAgeFile(text) ? Buffer.from(text, 'latin1') : decodeArmor(text)
  return Buffer.from(await openWithPassphrase(file, ask)).toString('utf8')
}

/**
 * Opens a small age file, asking for its passphrase up to three times.
 *
 * @throws SealwardError no-identity where there is nobody to ask; identity-invalid for a wrong passphrase; unsupported for an age file that has
 *   none; limit for more work than age allows; malformed
 */
export async function openWithPassphrase(file: Uint8Array, ask: AskPassphrase): Promise<Uint8Array> {
  const header = parseHeader(file)
  const stanza = readStanza(header)
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const passphrase = await ask(attempt)
    if (passphrase === null) throw attempt === 0 ? nobodyToAsk() : wrong()
    const fileKey = await unwrap(stanza, passphrase)
    if (fileKey === null) continue
    checkMac(header, fileKey)
    return openPayload(header.payload, fileKey)
  }
  throw wrong()
}

/**
 * Protects an identity file with a passphrase, in ASCII armor: `age -d` opens it.
 *
 * @param workFactor of scrypt, as a power of two
 */
export async function protect(text: string, passphrase: Secret, workFactor = WORK_FACTOR): Promise<string> {
  const { armor, Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  encrypter.setPassphrase(passphrase.reveal())
  encrypter.setScryptWorkFactor(workFactor)
  return armor.encode(await encrypter.encrypt(text))
}

interface ScryptStanza {
  readonly salt: Uint8Array
  readonly workFactor: number
  readonly body: Uint8Array
}

/** c2sp.org/age, "scrypt recipient stanza". Everything is checked before the first of many rounds. */
function readStanza({ stanzas: [stanza] }: Header): ScryptStanza {
  if (stanza?.type !== 'scrypt')
    throw new SealwardError('unsupported', 'an age file that is encrypted to recipients, where identities belong', {
      hint: 'only one that a passphrase opens is read here: age -p',
    })
  const [salt, work] = stanza.args
  const saltBytes = stanza.args.length === 2 ? decodeBase64(salt!, 'unpadded') : null
  if (saltBytes?.length !== SALT_BYTES || !/^[1-9][0-9]?$/.test(work!) || stanza.body.length !== BODY_BYTES)
    throw new SealwardError('malformed', 'the scrypt stanza of the age file breaks its grammar')
  const workFactor = Number(work)
  if (workFactor > MOST_WORK)
    throw new SealwardError(
      'limit',
      `the age file asks for a scrypt work factor of ${workFactor}, and ${MOST_WORK} is the most`,
    )
  return { salt: saltBytes, workFactor, body: stanza.body }
}

/** @returns null for another passphrase */
async function unwrap({ salt, workFactor, body }: ScryptStanza, passphrase: Secret): Promise<Uint8Array | null> {
  const rounds = 2 ** workFactor
  const options = { N: rounds, r: BLOCK, p: 1, maxmem: 2 * 128 * BLOCK * rounds }
  const labelled = Buffer.concat([Buffer.from(SALT_LABEL), salt])
  const key = await new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase.reveal(), labelled, 32, options, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    )
  }).catch(() => null)
  if (key === null)
    throw new SealwardError('limit', `a scrypt work factor of ${workFactor} needs more memory than there is here`)
  return openAead(body, { key, nonce: new Uint8Array(12) })
}

function wrong(): SealwardError {
  return new SealwardError('identity-invalid', 'the passphrase is wrong')
}

function nobodyToAsk(): SealwardError {
  return new SealwardError('no-identity', 'the key is protected by a passphrase, and there is nobody to ask for it', {
    hint: 'SEALWARD_KEY_PASSPHRASE_FILE names a file that holds it; in a workflow, give a key without one as the secret',
  })
}
