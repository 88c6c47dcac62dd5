import { SealwardError } from '../../../core/errors.ts'
import { openFernetFile } from '../../../core/interchange/fernet/file.ts'
import { type FernetKey, parseFernetKeys } from '../../../core/interchange/fernet/key.ts'
import type { UnlockWorld } from '../keys/unlock.ts'
import type { Foreign, ForeignSource } from './foreign.ts'

type KeyWorld = Pick<UnlockWorld, 'keys' | 'teller'>

/** Opens Fernet tokens with the keys in the places of identities: SECRETS_MASTER_KEY is one of them, and so is a file of `-i`. */
export async function openFernetSource({ bytes }: ForeignSource, world: KeyWorld): Promise<Foreign> {
  for await (const keys of fernetKeys(world)) {
    const document = openFernetFile(bytes, keys)
    if (document !== null) return { document, remarks: [] }
  }
  throw noKey('no Fernet key at hand opens the file', world)
}

/**
 * The key to seal with: as with MultiFernet, the first.
 *
 * @throws SealwardError no-identity when there is none
 */
export async function firstFernetKey(world: KeyWorld): Promise<FernetKey> {
  for await (const [key] of fernetKeys(world)) if (key !== undefined) return key
  throw noKey('there is no Fernet key to encrypt with', world)
}

async function* fernetKeys({ keys, teller }: KeyWorld): AsyncGenerator<FernetKey[]> {
  for (const place of keys.places()) {
    const found = await place.read()
    if (found?.warning !== undefined) teller.warn(`${place.name}: ${found.warning}`)
    const parsed = found === null ? [] : parseFernetKeys(found.text)
    if (parsed.length > 0) yield parsed
  }
}

function noKey(message: string, { keys }: KeyWorld): SealwardError {
  return new SealwardError('no-identity', message, {
    hint: [
      'looked at',
      ...keys.places().map(({ name }) => `  ${name}`),
      'give one with SECRETS_MASTER_KEY or -i FILE: 44 characters of base64, several divided by commas',
    ].join('\n'),
  })
}
