import { parseEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { newDotenvxKey } from '../../core/interchange/dotenvx/ecies.ts'
import { sealDotenvx } from '../../core/interchange/dotenvx/file.ts'
import { keySuffixOf, parseDotenvxKeys } from '../../core/interchange/dotenvx/keys.ts'
import { sealFernetFile, sealFernetJson } from '../../core/interchange/fernet/file.ts'
import { printTree } from '../../core/interchange/sops/print-tree.ts'
import { KEYS_BYTES } from '../steps/interchange/dotenvx.ts'
import { firstFernetKey } from '../steps/interchange/fernet.ts'
import { type UnlockWorld, unlockPath } from '../steps/keys/unlock.ts'
import type { Clock } from '../world.ts'

export const EXPORT_KINDS = ['sops', 'dotenvx', 'fernet'] as const

export type ExportKind = (typeof EXPORT_KINDS)[number]

export interface ExportRequest {
  readonly kind: ExportKind
  readonly file: string
  /** Its ending chooses the form: YAML, JSON or dotenv for sops; a JSON object of tokens or one token for Fernet. */
  readonly output: string
  readonly force: boolean
}

export type ExportWorld = UnlockWorld & { readonly clock: Clock }

const PRIVATE = 0o600
const EXPORTERS: Readonly<Record<ExportKind, (request: ExportRequest, world: ExportWorld) => Promise<string>>> = {
  sops: toSops,
  dotenvx: toDotenvx,
  fernet: toFernet,
}

/**
 * Writes an encrypted file as another tool encrypts it.
 *
 * @throws SealwardError exists, not-found, no-identity, not-representable, or what is wrong with the file
 */
export async function exportVariables(request: ExportRequest, world: ExportWorld): Promise<void> {
  const { kind, output, force } = request
  await world.files.locked(output, async () => {
    if (!force && (await world.files.read(output, FILE_BYTES)) !== null)
      throw new SealwardError('exists', 'is there already', { file: output, hint: 'give --force to replace it' })
    const text = await EXPORTERS[kind](request, world)
    await world.files.write(output, Buffer.from(text, 'utf8'), { exists: force ? 'replace' : 'refuse' })
  })
}

/** Our files are files of sops: the ciphertexts move over, and no key is needed. */
async function toSops({ file, output }: ExportRequest, { files }: ExportWorld): Promise<string> {
  const bytes = await files.read(file, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  try {
    const encrypted = parseEncryptedFile(bytes, { anyName: true })
    if (output.endsWith('.env')) return Buffer.from(bytes).toString('utf8')
    if (/\.ya?ml$/.test(output)) return printTree(encrypted, 'yaml')
    if (output.endsWith('.json')) return printTree(encrypted, 'json')
  } catch (error) {
    throw error instanceof SealwardError ? error.in(file) : error
  }
  throw new SealwardError('usage', 'the name must end in .yaml, .yml, .json or .env: sops goes by it', { file: output })
}

async function toFernet({ file, output }: ExportRequest, world: ExportWorld): Promise<string> {
  const { document } = await unlockPath(file, {}, world)
  const seal = output.endsWith('.json') ? sealFernetJson : sealFernetFile
  return seal(document, await firstFernetKey(world), world.clock.now())
}

/** The private key goes where dotenvx looks for it, before the file that needs it; one that is there for this file's name is used. */
async function toDotenvx({ file, output }: ExportRequest, world: ExportWorld): Promise<string> {
  const { document } = await unlockPath(file, {}, world)
  const suffix = keySuffixOf(output)
  const keysFile = output.replace(/[^/\\]*$/, '.env.keys')
  if (keysFile === output)
    throw new SealwardError('usage', 'that is the name of the file for the key', { file: output })
  const name = `DOTENV_PRIVATE_KEY${suffix}`
  return world.files.locked(keysFile, async () => {
    const before = Buffer.from((await world.files.read(keysFile, KEYS_BYTES)) ?? []).toString('utf8')
    const known = parseDotenvxKeys(before).find((one) => one.name === name)?.key
    const key = known ?? newDotenvxKey()
    const text = sealDotenvx(document, key, suffix)
    if (known === undefined) {
      const gap = before === '' || before.endsWith('\n') ? '' : '\n'
      const after = `${before}${gap}${name}=${key.scalar.toString('hex')}\n`
      await world.files.write(keysFile, Buffer.from(after, 'utf8'), { mode: PRIVATE, exists: 'replace' })
      world.teller.note(`${keysFile} has the private key: keep it out of git`)
    }
    return text
  })
}
