import { SealwardError } from '../../core/errors.ts'
import { fingerprintOf } from '../../core/ledger/marks.ts'
import { parseTarget, printTarget, type SecretTarget } from '../../core/push/target.ts'
import { shellWord } from '../../core/report/shell-word.ts'
import { printablePath } from '../../core/report/text.ts'
import { outstanding, type Rotation, withPushes } from '../../core/rotation/state.ts'
import { type PushOutcome, type PushPlan, type PushWorld, planPush, pushSecret } from '../steps/push/push-secret.ts'
import { afterTheFiles, type HandOverWorld, type RotatedKey, rotatedKey } from '../steps/push/rotated-key.ts'
import { saveRotation, withRotation } from '../steps/rotation/state-file.ts'
import type { Clock } from '../world.ts'

export type PushKeyWorld = HandOverWorld & PushWorld & { readonly clock: Clock }

export interface Pushed {
  readonly target: SecretTarget
  readonly outcome: PushOutcome
}

/**
 * Says what pushing a key to these places would do. Nothing is changed.
 *
 * @throws SealwardError like `planPush`, of the first place where it fails
 */
export async function planKeyPush(
  targets: readonly SecretTarget[],
  world: PushWorld,
): Promise<readonly (PushPlan & { readonly target: SecretTarget })[]> {
  const plans = []
  for (const target of targets) plans.push({ target, ...(await planPush(target, world)) })
  return plans
}

/**
 * Puts the new key of the last rotation into these secrets, and into those where that is outstanding. Each is remembered before the first is
 * tried, and written down in the ledger when it is done: after a crash it is pushed once more, and never forgotten. A place that fails does not
 * keep the others from theirs.
 *
 * @throws SealwardError usage, no-identity; what the first place that failed said, with what to do next
 */
export async function pushRotatedKey(
  targets: readonly SecretTarget[],
  world: PushKeyWorld,
): Promise<readonly Pushed[]> {
  return withRotation(world, async (before) => {
    const key = await rotatedKey(before, world)
    let rotation = await saveRotation(withPushes(key.rotation, targets.map(printTarget)), world)
    const pushed: Pushed[] = []
    const failed: SealwardError[] = []
    for (const name of outstanding(rotation)) {
      try {
        pushed.push(await pushOne(parseTarget(name), key, world))
        rotation = await saveRotation(withDone(rotation, name, world.clock.now()), world)
      } catch (error) {
        if (!(error instanceof SealwardError)) throw error
        failed.push(notPushed(error, name, rotation))
      }
    }
    if (failed[0] !== undefined) throw failed[0]
    return pushed
  })
}

async function pushOne(target: SecretTarget, { rotation, value }: RotatedKey, world: PushKeyWorld): Promise<Pushed> {
  const outcome = await pushSecret({ target, value }, world)
  await world.ledger?.append({
    kind: 'key-pushed',
    keys: [fingerprintOf(rotation.fresh)],
    targets: [printTarget(target)],
  })
  return { target, outcome }
}

function withDone(rotation: Rotation, name: string, now: Date): Rotation {
  const done = now.toISOString()
  const pushes = rotation.pushes.map((push) => (push.target === name ? { ...push, done } : push))
  return { ...rotation, updated: done, pushes }
}

function notPushed(error: SealwardError, name: string, rotation: Rotation): SealwardError {
  const what = `${printablePath(name)} did not get the new key`
  return afterTheFiles(error, { rotation, what, again: `sealward rotate key --push ${shellWord(name)}` })
}
