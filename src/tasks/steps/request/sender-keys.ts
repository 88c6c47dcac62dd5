import { SealwardError } from '../../../core/errors.ts'
import type { RequestKeys } from '../../../core/policy/sections/requests/requests.ts'
import { Secret } from '../../../core/secret.ts'
import { readWebhookKey, type WebhookKey } from '../../../core/webhook/key.ts'
import { type UnlockWorld, unlockPath } from '../keys/unlock.ts'

export type SenderKeysWorld = UnlockWorld & {
  readonly variables: Readonly<Record<string, string | undefined>>
  /** Is told each key before it is used. */
  hide(secret: Secret): void
}

const MOST = 16

/**
 * The keys of senders, from where sealward.yml says that they are.
 *
 * @throws SealwardError policy-invalid where there is none, or what is there is no key; or what opening the file throws
 */
export async function readSenderKeys(keys: RequestKeys, world: SenderKeysWorld): Promise<readonly WebhookKey[]> {
  const text = keys.kind === 'environment' ? world.variables[keys.name] : await variableOf(keys, world)
  return parseSenderKeys(text ?? '', keys.name, world.hide)
}

/**
 * @param name what an error calls the text
 * @param hide is told each secret among them
 */
export function parseSenderKeys(text: string, name: string, hide: (secret: Secret) => void): readonly WebhookKey[] {
  const words = text.split(/\s+/).filter(Boolean)
  for (const word of words) if (!word.startsWith('whpk_')) hide(new Secret(word))
  const found = words.slice(0, MOST + 1).map(readWebhookKey)
  const keys = found.filter((key) => key !== null)
  if (keys.length > 0 && keys.length === found.length && keys.length <= MOST) return keys
  const what = words.length === 0 ? 'has no key' : `has something else than 1 to ${MOST} keys of webhooks`
  throw new SealwardError('policy-invalid', `${name} ${what}`, {
    hint: 'whsec_ and base64 of 24 to 64 bytes, or whpk_ and a public key of Ed25519; several with blanks between them',
  })
}

async function variableOf({ path, name }: Extract<RequestKeys, { kind: 'file' }>, world: SenderKeysWorld) {
  return (await unlockPath(path, {}, world)).variables.get(name)?.value
}
