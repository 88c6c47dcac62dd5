import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Identity, parseIdentities } from '../../../src/core/age/identity.ts'
import { type OpenedFile, openFile } from '../../../src/core/envelope/decrypt.ts'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { searchDataKey, unwrapWith } from '../../../src/core/envelope/keys/data-key.ts'
import type { Metadata } from '../../../src/core/envelope/text/metadata.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { Refusal } from '../../support/plain-sops/bytes.ts'
import { readPlainSops } from '../../support/plain-sops/read.ts'
import { parseVector, type Vector } from '../../support/vectors/vector.ts'

const folder = join(import.meta.dirname, '..', '..', 'vectors', 'envelope')
const { identities } = parseIdentities(readFileSync(join(folder, 'identity.txt'), 'utf8'))
const vectors = readdirSync(folder)
  .filter((name) => name !== 'identity.txt')
  .map((name) => parseVector(name, readFileSync(join(folder, name))))

/** The codes of docs/format.md section 10 that reading can end in. */
const CODES = [
  'no-identity',
  'malformed',
  'duplicate',
  'name-invalid',
  'plaintext-value',
  'value-not-authentic',
  'mac-mismatch',
  'not-representable',
  'limit',
  'dotenv-syntax',
]

/** The second implementation knows one way of reading, and takes expressions for JavaScript's. */
const plainlyReadable = vectors.filter(
  ({ name, reading }) =>
    reading === undefined && !/^(malformed_expression_not_re2|ok_sops_encrypted_regex)\./.test(name),
)

describe('the test vectors', () => {
  it('show every code', () => {
    expect(new Set(vectors.map((vector) => vector.expect))).toEqual(new Set(['ok', ...CODES]))
  })

  it('hold files of five versions of sops', () => {
    const makers = new Set(vectors.map(({ madeBy }) => madeBy))
    expect([...makers].filter((maker) => maker?.startsWith('sops'))).toHaveLength(5)
  })

  it.each(vectors)('$name: $about', async (vector) => {
    const outcome = await judge(vector)
    expect(outcome).toEqual(vector.variables === undefined ? vector.expect : { variables: vector.variables })
  })

  it.each(plainlyReadable)('$name, by the second implementation', async (vector) => {
    const dataKey = await dataKeyOf(vector)
    if (dataKey === null) return
    expect(readPlainly(vector.file, dataKey)).toEqual(
      vector.variables === undefined ? vector.expect : { variables: vector.variables },
    )
  })
})

async function judge({ file, reading }: Vector): Promise<unknown> {
  try {
    const options = {
      anyName: reading === 'any-name',
      quotes: reading === 'quotes: dotenv' ? 'dotenv' : 'literal',
    } as const
    const parsed = parseEncryptedFile(file, options)
    const dataKey = await unwrap(parsed.metadata)
    return { variables: variablesOf(await openFile(parsed, dataKey, options)) }
  } catch (error) {
    if (error instanceof SealwardError) return error.code
    throw error
  }
}

async function unwrap(metadata: Metadata): Promise<Uint8Array> {
  const search = await searchDataKey(metadata)
  for (const identity of identities) {
    const dataKey = await search.take(identity)
    if (dataKey !== null) return dataKey
  }
  throw new SealwardError('no-identity', 'none of the identities opens a wrapped key')
}

function variablesOf({ variables }: OpenedFile): Record<string, string> {
  return Object.fromEntries([...variables].map(([name, { value }]) => [name, value]))
}

/** The key of a file, by its armor alone, so that a file which we refuse for another reason can still be given to the other reader. */
async function dataKeyOf({ file }: Vector): Promise<Uint8Array | null> {
  const armored = /^sops_age__list_\d+__map_enc=(-----BEGIN.*)$/gm
  for (const [, stored] of Buffer.from(file).toString('latin1').matchAll(armored))
    for (const identity of identities) {
      const dataKey = await tryToUnwrap(stored!.replaceAll('\\n', '\n'), identity)
      if (dataKey !== null) return dataKey
    }
  return null
}

async function tryToUnwrap(armored: string, identity: Identity): Promise<Uint8Array | null> {
  try {
    return await unwrapWith([{ recipient: '', armored }], identity)
  } catch {
    return null
  }
}

function readPlainly(file: Uint8Array, dataKey: Uint8Array): unknown {
  try {
    const lines = readPlainSops(file, dataKey)
    return {
      variables: Object.fromEntries(lines.flatMap((line) => (line.kind === 'entry' ? [[line.name, line.value]] : []))),
    }
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}
