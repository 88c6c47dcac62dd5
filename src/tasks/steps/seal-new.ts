import type { Document } from '../../core/dotenv/document.ts'
import { encryptNew } from '../../core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../core/envelope/file.ts'
import { recipientWarnings } from '../../core/envelope/keys/data-key.ts'
import type { Clock, Teller } from '../world.ts'
import { type EnvelopeWorld, settleEnvelope } from './envelope.ts'

export type SealWorld = EnvelopeWorld & { readonly clock: Clock; readonly teller: Teller }

/**
 * The bytes of a new encrypted file, for the recipients that were named, else those of the configuration.
 *
 * @throws SealwardError no-recipients, or what encrypting throws
 */
export async function sealNew(
  document: Document,
  { path, recipients }: { readonly path: string; readonly recipients: readonly string[] },
  world: SealWorld,
): Promise<Uint8Array> {
  const envelope = await settleEnvelope(path, recipients, world)
  for (const warning of recipientWarnings(envelope.recipients)) world.teller.warn(warning)
  return printEncryptedFile(await encryptNew(document, envelope, world.clock.now()))
}
