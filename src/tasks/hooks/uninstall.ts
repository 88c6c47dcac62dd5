import { HOOKS, type HookName } from '../../core/hook-name.ts'
import type { ManagerName } from '../../core/report/hook-snippet.ts'
import { isOurHook, previousOf } from '../steps/guard/hook-script.ts'
import type { HookFiles, HookPlaces } from '../world/git/repository.ts'

export type UninstallOutcome =
  /** `restored`: those before which a hook was there, which is back. */
  | {
      readonly kind: 'removed'
      readonly folder: string
      readonly hooks: readonly HookName[]
      readonly restored: readonly HookName[]
    }
  /** None of sealward's hooks is there. `managers` whose files name it are left for the user to edit. */
  | {
      readonly kind: 'absent'
      readonly folder: string
      readonly managers: readonly { readonly name: ManagerName; readonly file: string }[]
    }

/**
 * Takes the hooks away again, and puts back those that were there before: the same files, so their bytes, their modes and what they
 * link to are the same.
 *
 * @throws SealwardError git or io
 */
export async function uninstall(world: {
  readonly places: HookPlaces
  readonly hooks: HookFiles
}): Promise<UninstallOutcome> {
  const { folder, managers } = await world.places.look()
  const [hooks, restored]: [HookName[], HookName[]] = [[], []]
  for (const hook of HOOKS) {
    const text = await world.hooks.read(hook)
    if (text === null || !isOurHook(text)) continue
    hooks.push(hook)
    if (await putBack(hook, world.hooks)) restored.push(hook)
  }
  await world.hooks.forget()
  if (hooks.length > 0) return { kind: 'removed', folder, hooks, restored }
  const wired = managers.filter((manager) => manager.wired.length > 0)
  return { kind: 'absent', folder, managers: wired.map(({ name, file }) => ({ name, file })) }
}

/** @returns whether there was one before */
async function putBack(hook: HookName, files: HookFiles): Promise<boolean> {
  const previous = (await files.read(previousOf(hook))) !== null
  if (previous) await files.move(previousOf(hook), hook)
  else await files.write(hook, null)
  return previous
}
