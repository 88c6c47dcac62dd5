import type { Document } from '../../core/dotenv/document.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { readSecretNames } from '../../core/interchange/secret-names.ts'
import { type ForeignSource, openForeign } from '../steps/interchange/foreign.ts'
import type { UnlockWorld } from '../steps/keys/unlock.ts'
import { type SealWorld, sealNew } from '../steps/seal-new.ts'
import { sizeWarnings } from '../steps/size-warnings.ts'
import { tellOfVoidSignature } from '../steps/trust/void-signature.ts'

/** Where variables come from: the files of three tools, and a list of names without values. */
export const IMPORT_KINDS = ['fernet', 'dotenvx', 'sops', 'gh-secrets-names'] as const

export type ImportKind = (typeof IMPORT_KINDS)[number]

export interface ImportRequest {
  readonly kind: ImportKind
  readonly source: ForeignSource
  /** The encrypted file to make. */
  readonly output: string
  /** `-r`; empty: those of the configuration. */
  readonly recipients: readonly string[]
  /** Replaces a file that is there. */
  readonly force: boolean
}

export type ImportWorld = UnlockWorld & SealWorld

/**
 * Opens a file of another tool and encrypts what it holds, without a plaintext on disk.
 *
 * @returns the names, in order
 * @throws SealwardError exists, no-identity, no-recipients, or what is wrong with the source
 */
export async function importVariables(request: ImportRequest, world: ImportWorld): Promise<readonly string[]> {
  const { output, force } = request
  return world.files.locked(output, async () => {
    if (!force && (await world.files.read(output, FILE_BYTES)) !== null) throw exists(output)
    const document = await open(request, world)
    for (const warning of sizeWarnings(document)) world.teller.warn(warning)
    const bytes = await sealNew(document, { path: output, recipients: request.recipients }, world)
    await world.files.write(output, bytes, { exists: force ? 'replace' : 'refuse' })
    await tellOfVoidSignature(output, world)
    return document.flatMap((line) => (line.kind === 'entry' ? [line.name] : []))
  })
}

async function open({ kind, source }: ImportRequest, world: ImportWorld): Promise<Document> {
  if (kind === 'gh-secrets-names') return readSecretNames(new TextDecoder().decode(source.bytes))
  const { document, remarks } = await openForeign(kind, source, world)
  for (const remark of remarks) world.teller.warn(remark)
  return document
}

function exists(file: string): SealwardError {
  return new SealwardError('exists', 'is there already', {
    file,
    hint: 'choose another name with -o, or give --force to replace it',
  })
}
