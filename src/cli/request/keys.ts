import { SealwardError } from '../../core/errors.ts'
import type { WebhookKey } from '../../core/webhook/key.ts'
import { parseSenderKeys } from '../../tasks/steps/request/sender-keys.ts'
import type { Call } from '../command.ts'

const VARIABLE = 'SEALWARD_REQUEST_KEYS'
const KEY_FILE_BYTES = 16 * 1024

/** The keys of --key-file, else of the environment. @throws SealwardError not-found, policy-invalid */
export async function keysFor({ one, world }: Call): Promise<readonly WebhookKey[]> {
  const file = one('key-file')
  if (file === undefined) return parseSenderKeys(process.env[VARIABLE] ?? '', VARIABLE, () => {})
  const bytes = await world.files.read(file, KEY_FILE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such key file', { file })
  return parseSenderKeys(Buffer.from(bytes).toString('utf8'), 'the key file', () => {})
}
