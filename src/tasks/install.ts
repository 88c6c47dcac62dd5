import { SealwardError } from '../core/errors.ts'
import { type HookSource, hookSnippet } from '../core/report/hook-snippet.ts'
import { HOOK, hookCommand, hookScript, isOurHook, PREVIOUS_HOOK, stableFolder } from './steps/hook-script.ts'
import type { HookFiles, HookManager, HookPlaces } from './world-git.ts'

export interface InstallRequest {
  /** The text of hooks/pre-commit. */
  readonly template: string
  /** The top of the repository, and the folder of this package; both absolute. */
  readonly top: string
  readonly packageFolder: string
  readonly version: string
  /** The Node that runs now, which is known to work. */
  readonly node: string
}

/** A manager, and the lines its file needs. */
export interface ManagedHook extends HookManager {
  readonly snippet: string
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
  | { readonly kind: 'managed'; readonly managers: readonly ManagedHook[] }
  /** Nothing was written: the folder is not this repository's alone. */
  | { readonly kind: 'shared'; readonly folder: string; readonly snippet: string }

/**
 * Installs the pre-commit hook where git looks for it. A hook that is there is kept, and runs first.
 *
 * @throws SealwardError exists when the hooks of two other programs are there, git or io
 */
export async function install(request: InstallRequest, world: HookWorld): Promise<InstallOutcome> {
  const { folder, own, managers } = await world.places.look()
  const { packageFolder, top, version } = request
  const command = hookCommand(packageFolder, top)
  if (managers.length > 0) return { kind: 'managed', managers: managers.map(withSnippet({ command, version })) }
  if (!own) return { kind: 'shared', folder, snippet: `${command} || exit\n` }
  const recorded = { node: request.node, script: `${stableFolder(packageFolder, top)}/dist/hook.js` }
  const script = hookScript(request.template, recorded)
  const hook = await world.hooks.read(HOOK)
  if (hook === script) return { kind: 'unchanged', folder }
  const chained = await makeRoom(hook, folder, world.hooks)
  await world.hooks.write(HOOK, script)
  return { kind: 'installed', folder, chained }
}

function withSnippet(source: HookSource): (manager: HookManager) => ManagedHook {
  return (manager) => ({ ...manager, snippet: hookSnippet(manager.name, source) })
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
