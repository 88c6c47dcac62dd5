import { SealwardError } from '../../core/errors.ts'
import type { HookName } from '../../core/hook-name.ts'
import { type HookSource, hookLine, hookSnippet, type ManagerName } from '../../core/report/hook-snippet.ts'
import { hookCommand, hookScript, isOurHook, previousOf, stableFolder } from '../steps/guard/hook-script.ts'
import type { HookFiles, HookManager, HookPlaces } from '../world/git/repository.ts'

export interface InstallRequest {
  readonly hooks: readonly HookName[]
  /** The text of hooks/pre-commit. */
  readonly template: string
  /** The top of the repository, and the folder of this package; both absolute. */
  readonly top: string
  readonly packageFolder: string
  readonly version: string
  /** The Node that runs now, which is known to work. */
  readonly node: string
}

/** A manager's file, and the lines it needs. */
export interface ManagedHooks {
  readonly name: ManagerName
  readonly file: string
  /** Null when it has them all. */
  readonly snippet: string | null
}

export interface HookWorld {
  readonly places: HookPlaces
  readonly hooks: HookFiles
}

export type InstallOutcome =
  /** `chained`: those before which a hook was there; it is kept, and runs first. */
  | {
      readonly kind: 'installed'
      readonly folder: string
      readonly hooks: readonly HookName[]
      readonly chained: readonly HookName[]
    }
  | { readonly kind: 'unchanged'; readonly folder: string }
  /** Nothing was written: another program owns the hooks, and its files have to name the commands. */
  | { readonly kind: 'managed'; readonly managers: readonly ManagedHooks[] }
  /** Nothing was written: the folder is not this repository's alone. */
  | {
      readonly kind: 'shared'
      readonly folder: string
      readonly snippets: readonly { readonly hook: HookName; readonly snippet: string }[]
    }

/**
 * Installs hooks where git looks for them. A hook that is there is kept, and runs first.
 *
 * @throws SealwardError exists when the hooks of two other programs are there, git or io
 */
export async function install(request: InstallRequest, world: HookWorld): Promise<InstallOutcome> {
  const { folder, own, managers } = await world.places.look()
  const { hooks, packageFolder, top, version } = request
  const source = { version, command: (hook: HookName) => hookCommand(hook, packageFolder, top) }
  if (managers.length > 0) return { kind: 'managed', managers: managers.flatMap(linesFor(hooks, source)) }
  if (!own) {
    const snippets = hooks.map((hook) => ({ hook, snippet: `${hookLine(source.command(hook), hook)} || exit\n` }))
    return { kind: 'shared', folder, snippets }
  }
  const recorded = { node: request.node, script: `${stableFolder(packageFolder, top)}/dist/hook.js` }
  return write(hookScript(request.template, recorded), { hooks, folder, files: world.hooks })
}

/** What a manager's file lacks of the hooks that it can hold. */
function linesFor(wanted: readonly HookName[], source: HookSource): (manager: HookManager) => ManagedHooks[] {
  return ({ name, file, hooks, wired }) => {
    const here = hooks.filter((hook) => wanted.includes(hook))
    const lacking = here.filter((hook) => !wired.includes(hook))
    if (here.length === 0) return []
    return [{ name, file, snippet: lacking.length === 0 ? null : hookSnippet(name, lacking, source) }]
  }
}

interface Target {
  readonly hooks: readonly HookName[]
  readonly folder: string
  readonly files: HookFiles
}

/** Every hook is looked at before one is written: half of them would pass for all. */
async function write(script: string, { hooks, folder, files }: Target): Promise<InstallOutcome> {
  const found = await Promise.all(hooks.map((hook) => find(hook, { folder, files })))
  const changed = found.filter(({ text }) => text !== script)
  if (changed.length === 0) return { kind: 'unchanged', folder }
  for (const { hook, text } of changed) {
    if (text !== null && !isOurHook(text)) await files.move(hook, previousOf(hook))
    await files.write(hook, script)
  }
  const chained = changed.filter(({ text, previous }) => previous || (text !== null && !isOurHook(text)))
  return { kind: 'installed', folder, hooks: changed.map(({ hook }) => hook), chained: chained.map(({ hook }) => hook) }
}

interface Found {
  readonly hook: HookName
  /** What stands in its place. */
  readonly text: string | null
  /** Whether another hook was put aside before. */
  readonly previous: boolean
}

/** @throws SealwardError exists */
async function find(hook: HookName, { folder, files }: Pick<Target, 'folder' | 'files'>): Promise<Found> {
  const [text, kept] = await Promise.all([files.read(hook), files.read(previousOf(hook))])
  if (text !== null && kept !== null && !isOurHook(text))
    throw new SealwardError('exists', `both ${hook} and ${previousOf(hook)} are there, and neither is sealward's`, {
      file: folder,
      hint: `remove ${previousOf(hook)}, or rename it to ${hook}, then install again`,
    })
  return { hook, text, previous: kept !== null }
}
