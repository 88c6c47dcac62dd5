import { SealwardError } from '../core/errors.ts'
import { hookSnippet } from '../core/report/hook-snippet.ts'
import { HOOK, hookScript, isOurHook, PREVIOUS_HOOK, type Recorded } from './steps/hook-script.ts'
import type { HookFiles, HookManager, HookPlaces } from './world-git.ts'

export interface InstallRequest {
  /** The text of hooks/pre-commit. */
  readonly template: string
  readonly recorded: Recorded
  /** What a manager of hooks or another hook is to run: `node_modules/sealward/hooks/pre-commit`, say. */
  readonly command: string
}

export interface HookWorld {
  readonly places: HookPlaces
  readonly hooks: HookFiles
}

export type InstallOutcome =
  /** `chained`: a hook was there; it is kept, and runs first. */
  | { readonly kind: 'installed'; readonly folder: string; readonly chained: boolean }
  | { readonly kind: 'unchanged'; readonly folder: string }
  /** Nothing was written: another program owns the hooks, and its file has to name the command. */
  | { readonly kind: 'managed'; readonly managers: readonly (HookManager & { readonly snippet: string })[] }
  /** Nothing was written: the folder is not this repository's alone. */
  | { readonly kind: 'shared'; readonly folder: string; readonly snippet: string }

/**
 * Installs the pre-commit hook where git looks for it. A hook that is there is kept, and runs first.
 *
 * @throws SealwardError exists when the hooks of two other programs are there, git or io
 */
export async function install(request: InstallRequest, world: HookWorld): Promise<InstallOutcome> {
  const { folder, own, managers } = await world.places.look()
  if (managers.length > 0) return managed(managers, request.command)
  if (!own) return { kind: 'shared', folder, snippet: `${request.command} || exit\n` }
  const script = hookScript(request.template, request.recorded)
  const hook = await world.hooks.read(HOOK)
  if (hook === script) return { kind: 'unchanged', folder }
  const chained = await makeRoom(hook, folder, world.hooks)
  await world.hooks.write(HOOK, script)
  return { kind: 'installed', folder, chained }
}

function managed(managers: readonly HookManager[], command: string): InstallOutcome {
  return {
    kind: 'managed',
    managers: managers.map((manager) => ({ ...manager, snippet: hookSnippet(manager.name, command) })),
  }
}

/** Moves another program's hook aside. @returns whether there is one to run first */
async function makeRoom(hook: string | null, folder: string, hooks: HookFiles): Promise<boolean> {
  const previous = (await hooks.read(PREVIOUS_HOOK)) !== null
  if (hook === null || isOurHook(hook)) return previous
  if (previous)
    throw new SealwardError('exists', `both ${HOOK} and ${PREVIOUS_HOOK} are there, and neither is sealward's`, {
      file: folder,
      hint: `remove ${PREVIOUS_HOOK}, or rename it to ${HOOK}, then install again`,
    })
  await hooks.move(HOOK, PREVIOUS_HOOK)
  return true
}
