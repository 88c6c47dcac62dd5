import { nullIfOurs } from '../../../core/errors.ts'
import { printablePath } from '../../../core/report/text.ts'
import type { Clock, Configs, Teller } from '../../world.ts'
import { verifyRecipients } from './verify-recipients.ts'

/**
 * Says that a file that was just written is for others than sealward.yml names for it: a new value is encrypted to whom the file was, and
 * nobody should learn from a colleague who cannot open it that a name in sealward.yml is not enough. A policy that cannot be read is another
 * command's to tell.
 */
export async function tellOfRecipients(
  file: { readonly path: string; readonly bytes: Uint8Array },
  world: { readonly configs: Configs; readonly clock: Clock; readonly teller: Teller },
): Promise<void> {
  const findings = (await verifyRecipients(file, world).catch(nullIfOurs)) ?? []
  const [first] = findings.filter(({ rule }) => rule !== 'sops-config-differs')
  if (first === undefined) return
  world.teller.warn(`${printablePath(file.path)}: ${first.message}; \`sealward recipients sync\` encrypts it to those`)
}
