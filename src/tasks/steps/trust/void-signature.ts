import { SIGNATURE_CHARACTERS } from '../../../core/signature/ssh/armor.ts'
import { signaturePath } from '../../../core/signature/subject.ts'
import type { Files, Teller } from '../../world.ts'

/** Says that a file's signature is for what the file was, after the file was written: nobody should learn it from a failed job. */
export async function tellOfVoidSignature(
  file: string,
  { files, teller }: { readonly files: Pick<Files, 'read'>; readonly teller: Teller },
): Promise<void> {
  const signature = await files.read(signaturePath(file), SIGNATURE_CHARACTERS).catch(() => null)
  if (signature !== null)
    teller.warn(`${signaturePath(file)} is for what the file was: sign it again with \`sealward sign\``)
}
