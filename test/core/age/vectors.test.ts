import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import { armor, Decrypter } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { type Identity, parseIdentities } from '../../../src/core/age/identity.ts'
import { decodeArmor } from '../../../src/core/age/reader/armor.ts'
import { openAgeFile } from '../../../src/core/age/unwrap.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { findPeer, inCI } from '../../peers.ts'

/** One file of the test vectors of C2SP/CCTV, whose README specifies the form. */
interface Vector {
  readonly name: string
  readonly expect: string
  readonly payload: string | undefined
  readonly identities: readonly Identity[]
  readonly armored: boolean
  readonly file: Buffer
}

/** `opens` with the SHA-256 of the payload, `null` for "not mine", or the code of the error. */
type Verdict = { readonly opens: string } | null | string

const MANY_CHUNKS = 'limit: the payload has more than one chunk, and a data key has 32 bytes'
const NOT_OURS = 'null: an scrypt stanza is not ours, and what it says to a passphrase is not read'

/** Where our verdict differs from the one that the vector expects, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  ...because(MANY_CHUNKS, [
    'stream_257_chunks',
    'stream_257_chunks_full',
    'stream_258_chunks',
    'stream_last_chunk_full_second',
    'stream_three_chunks',
    'stream_two_chunks',
  ]),
  ...because(NOT_OURS, [
    'armor_scrypt',
    'scrypt',
    'scrypt_extra_argument',
    'scrypt_long_file_key',
    'scrypt_not_canonical_salt',
    'scrypt_salt_long',
    'scrypt_salt_missing',
    'scrypt_salt_short',
    ...['23', 'hex', 'leading_garbage', 'leading_plus', 'leading_zero_decimal', 'leading_zero_octal', 'missing']
      .concat(['negative', 'overflow', 'trailing_garbage', 'zero'])
      .map((fault) => `scrypt_work_factor_${fault}`),
  ]),
}

const folder = findPeer('cctv-age')

describe.skipIf(folder === null && !inCI)('the age test vectors of C2SP/CCTV (needs cctv-age)', () => {
  const vectors = folder === null ? [] : readdirSync(folder).map((name) => readVector(join(folder, name), name))

  it('has them all at hand', () => {
    expect(vectors.length).toBeGreaterThanOrEqual(143)
  })

  it('knows every exception by name', () => {
    const names = vectors.map(({ name }) => name)
    expect(Object.keys(EXCEPTIONS).filter((name) => !names.includes(name))).toEqual([])
  })

  it.each(vectors)('judges $name as $expect', async (vector) => {
    const verdict = await judge(vector)
    expect(verdict).toEqual(expectedVerdict(vector, verdict))
  })

  it.each(vectors.filter(({ identities }) => identities.length > 0))(
    'agrees with age-encryption on $name',
    async (vector) => {
      const verdict = await judge(vector)
      if (EXCEPTIONS[vector.name] === undefined) expect(opened(verdict)).toBe(await openWithTypage(vector))
      else expect(opened(verdict)).toBeNull()
    },
  )
})

function because(reason: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, reason]))
}

function readVector(path: string, name: string): Vector {
  const content = readFileSync(path)
  const end = content.indexOf('\n\n')
  const fields = content
    .toString('utf8', 0, end)
    .split('\n')
    .map((line) => line.split(/: (.*)/) as [string, string])
  const field = (key: string) => fields.find(([name]) => name === key)?.[1]
  const body = content.subarray(end + 2)
  const identities = fields.filter(([key]) => key === 'identity').map(([, text]) => text)
  return {
    name,
    expect: String(field('expect')),
    payload: field('payload'),
    identities: parseIdentities(identities.join('\n')).identities,
    armored: field('armored') === 'yes',
    file: field('compressed') === 'zlib' ? inflateSync(body) : body,
  }
}

/** A vector for a passphrase has no identity; the general example of c2sp.org/age stands in, which must not open it. */
const stranger = parseIdentities(
  'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX',
).identities

async function judge({ identities, armored, file }: Vector): Promise<Verdict> {
  try {
    const bytes = armored ? decodeArmor(file.toString('latin1')) : file
    for (const identity of identities.length > 0 ? identities : stranger) {
      const payload = await openAgeFile(bytes, identity)
      if (payload !== null) return { opens: createHash('sha256').update(payload).digest('hex') }
    }
    return null
  } catch (error) {
    if (error instanceof SealwardError) return error.code
    throw error
  }
}

function expectedVerdict({ name, expect: expected, payload }: Vector, verdict: Verdict): Verdict {
  const exception = EXCEPTIONS[name]
  if (exception !== undefined) return exception === NOT_OURS ? null : 'limit'
  if (expected === 'success') return { opens: String(payload) }
  if (expected === 'no match') return null
  // A file that is both broken and past our bound may be refused for either.
  return verdict === 'limit' ? 'limit' : 'malformed'
}

function opened(verdict: Verdict): string | null {
  return verdict !== null && typeof verdict === 'object' ? verdict.opens : null
}

/** @returns the hash of what age-encryption reads, or null when it refuses for whatever reason */
async function openWithTypage({ identities, armored, file }: Vector): Promise<string | null> {
  const decrypter = new Decrypter()
  for (const { secret } of identities) decrypter.addIdentity(secret.reveal())
  try {
    const bytes = armored ? armor.decode(file.toString('latin1')) : file
    return createHash('sha256')
      .update(await decrypter.decrypt(bytes))
      .digest('hex')
  } catch {
    return null
  }
}
