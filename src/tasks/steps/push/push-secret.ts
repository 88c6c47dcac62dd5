import { SealwardError } from '../../../core/errors.ts'
import type { SecretTarget } from '../../../core/push/target.ts'
import { sealBox } from '../../../core/sealed-box/seal.ts'
import type { Secret } from '../../../core/secret.ts'
import type { OpenSecrets, SecretAccess } from '../../world/github-secrets.ts'

export interface PushWorld {
  readonly secrets: OpenSecrets
}

/** What a push would do. */
export interface PushPlan {
  readonly outcome: PushOutcome
  /** Which repositories of an organisation have it; null elsewhere. */
  readonly access: SecretAccess | null
}

export type PushOutcome = 'made' | 'replaced'

/** GitHub's bound, in bytes of the value. */
const MAX_BYTES = 48 * 1024
/** By how much the clocks of a server's machines may differ. */
const SKEW_MS = 60_000

/**
 * Asks for all that a push needs but the right to write, which shows only when something is written. Changes nothing.
 *
 * @throws SealwardError as tasks/world/github.ts says, or recipient-invalid for a public key that nothing can be encrypted for
 */
export async function planPush({ place, name }: SecretTarget, { secrets }: PushWorld): Promise<PushPlan> {
  const there = await secrets(place)
  const { bytes } = await there.publicKey()
  sealBox(new Uint8Array(), bytes)
  const stored = await there.find(name)
  return {
    outcome: stored === null ? 'made' : 'replaced',
    access: stored === null ? firstAccess(place) : stored.access,
  }
}

/**
 * Puts a value into a secret of GitHub Actions, and asks whether it is there. Which repositories of an organisation have it stays as it is. The
 * same value may be pushed again at any time.
 *
 * @throws SealwardError limit past 48 KiB, before anything is asked; else like `planPush`; unavailable where GitHub took it, and shows none
 */
export async function pushSecret(
  { target, value }: { readonly target: SecretTarget; readonly value: Secret },
  { secrets }: PushWorld,
): Promise<PushOutcome> {
  const { place, name } = target
  const bytes = Buffer.from(value.reveal(), 'utf8')
  if (bytes.length > MAX_BYTES) throw new SealwardError('limit', 'a secret of GitHub Actions holds 48 KiB at most')
  const there = await secrets(place)
  const key = await there.publicKey()
  const before = await there.find(name)
  const access = before === null ? firstAccess(place) : before.access
  const taken = await there.put(name, { keyId: key.id, box: sealBox(bytes, key.bytes), access })
  const after = await there.find(name)
  const since = (taken ?? before?.updatedAt)?.getTime() ?? 0
  if (after === null || after.updatedAt.getTime() < since - SKEW_MS)
    throw new SealwardError('unavailable', 'GitHub took the secret, and does not have it')
  return before === null ? 'made' : 'replaced'
}

/** The least that GitHub offers without a list: whoever wants another makes the secret first, and that is kept. */
function firstAccess({ kind }: SecretTarget['place']): SecretAccess | null {
  return kind === 'organisation' ? { visibility: 'private' } : null
}
