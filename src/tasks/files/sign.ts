import { parseEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { isSignature } from '../../core/signature/ssh/sshsig.ts'
import { messageOf, namespaceOf, signaturePath } from '../../core/signature/subject.ts'
import { chooseKey, fingerprintOf, type KeyWorld } from '../steps/trust/signing-key.ts'
import type { SignedNames } from '../world/ssh.ts'

export interface SignRequest {
  readonly files: readonly string[]
  /** A private key, or the public half of one that an agent has, as a file or as a line. Without it: the one git signs with. */
  readonly key?: string
}

export interface Signed {
  readonly file: string
  readonly signature: string
  readonly name: string
  readonly fingerprint: string
}

export interface SignWorld extends KeyWorld {
  readonly names: SignedNames
}

/**
 * Signs encrypted files; each signature stands beside its file. All files are looked at before the first is signed.
 *
 * @throws SealwardError not-found, malformed for a file that is not encrypted, exists where something else has the signature's
 * place, usage without a key, or what reading the key and ssh-keygen throw
 */
export async function sign(request: SignRequest, world: SignWorld): Promise<Signed[]> {
  const subjects = []
  for (const file of request.files) subjects.push(await readSubject(file, world))
  const signWith = await chooseKey(request.key, world)
  const signed: Signed[] = []
  for (const { file, name, message } of subjects) {
    const namespace = namespaceOf(name)
    const armored = await signWith(message, namespace)
    const fingerprint = fingerprintOf({ message, armored, namespace })
    await world.files.write(signaturePath(file), new TextEncoder().encode(armored), {})
    signed.push({ file, signature: signaturePath(file), name, fingerprint })
  }
  return signed
}

async function readSubject(file: string, { files, names }: SignWorld) {
  const bytes = await files.read(file, FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  refusePlain(bytes, file)
  const place = await files.read(signaturePath(file), FILE_BYTES)
  if (place !== null && !isSignature(new TextDecoder('latin1').decode(place)))
    throw new SealwardError('exists', 'is there and is not an SSH signature', {
      file: signaturePath(file),
      hint: 'nothing was signed; move it away first',
    })
  return { file, name: await names.nameOf(file), message: messageOf(bytes) }
}

/** A signature says "use this"; on what cannot be used it would only mislead. */
function refusePlain(bytes: Uint8Array, file: string): void {
  try {
    parseEncryptedFile(bytes, { anyName: true })
  } catch (error) {
    throw error instanceof SealwardError ? error.in(file) : error
  }
}
