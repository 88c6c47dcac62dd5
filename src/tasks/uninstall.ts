import { HOOK, isOurHook, PREVIOUS_HOOK } from './steps/hook-script.ts'
import type { HookFiles, HookManager, HookPlaces } from './world-git.ts'

export type UninstallOutcome =
  | { readonly kind: 'removed' | 'restored'; readonly folder: string }
  /** Sealward's hook is not there. `managers` whose files name it are left for the user to edit. */
  | { readonly kind: 'absent'; readonly folder: string; readonly managers: readonly HookManager[] }

/**
 * Takes the hook away again, and puts back the one that was there before it: the same file, so its bytes, its mode and what it
 * links to are the same.
 *
 * @throws SealwardError git or io
 */
export async function uninstall(world: {
  readonly places: HookPlaces
  readonly hooks: HookFiles
}): Promise<UninstallOutcome> {
  const { folder, managers } = await world.places.look()
  const hook = await world.hooks.read(HOOK)
  if (hook === null || !isOurHook(hook))
    return { kind: 'absent', folder, managers: managers.filter(({ wired }) => wired) }
  if ((await world.hooks.read(PREVIOUS_HOOK)) === null) {
    await world.hooks.write(HOOK, null)
    return { kind: 'removed', folder }
  }
  await world.hooks.move(PREVIOUS_HOOK, HOOK)
  return { kind: 'restored', folder }
}
