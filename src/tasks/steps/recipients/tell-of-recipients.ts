import { nullIfOurs } from '../../../core/errors.ts'
import { printablePath } from '../../../core/report/text.ts'
import type { Teller } from '../../world.ts'
import { findStrangers, type RecipientsWorld, type SealedFile } from './verify-recipients.ts'

/**
 * Says that a file that was just written is for others than sealward.yml names for it: a new value is encrypted to whom the file was, and
 * nobody should learn from a colleague who cannot open it that a name in sealward.yml is not enough. A policy that cannot be read is another
 * command's to tell.
 */
export async function tellOfRecipients(
  file: SealedFile,
  world: RecipientsWorld & { readonly teller: Teller },
): Promise<void> {
  const findings = (await findStrangers(file, world).catch(nullIfOurs)) ?? []
  if (findings.length === 0) return
  const what = findings.map(({ message }) => message).join('; ')
  world.teller.warn(
    `${printablePath(file.path)}: ${what}; \`sealward recipients sync\` encrypts it to those in sealward.yml`,
  )
}
