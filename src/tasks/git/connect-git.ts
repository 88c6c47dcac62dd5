import { addAttributes, removeAttributes } from '../../core/diff/attributes.ts'
import { quote, stableFolder } from '../steps/guard/hook-script.ts'
import type { GitSettings, Unsettled } from '../world/git/repository.ts'

export interface ConnectRequest {
  /** The top of the repository, and the folder of this package; both absolute. */
  readonly top: string
  readonly packageFolder: string
  /** The Node that runs now, which is known to work. */
  readonly node: string
}

const SECTIONS = ['diff.sealward', 'merge.sealward', 'merge.sealward-ancestor'] as const

/**
 * Has git show and merge encrypted files with Sealward, in this clone: settings of git are never taken from a repository, so what it
 * says is only which files are meant, and that is private too (`info/attributes`), because without the settings it would mean nothing.
 *
 * @returns false when all of it was there
 * @throws SealwardError git or io
 */
export async function connectGit(request: ConnectRequest, settings: GitSettings): Promise<boolean> {
  let changed = false
  for (const [name, value] of Object.entries(settingsFor(request))) {
    if ((await settings.get(name)) === value) continue
    await settings.set(name, value)
    changed = true
  }
  const attributes = await settings.readAttributes()
  const wanted = addAttributes(attributes)
  if (wanted === attributes) return changed
  await settings.writeAttributes(wanted)
  return true
}

/**
 * Takes it away again, with every plaintext of a merge that still waits for a person.
 *
 * @returns whether anything of it was there
 * @throws SealwardError git or io
 */
export async function disconnectGit(world: {
  readonly settings: GitSettings
  readonly unsettled: Unsettled
}): Promise<boolean> {
  const { settings, unsettled } = world
  const driver = await settings.get('merge.sealward.driver')
  for (const section of SECTIONS) await settings.removeSection(section)
  const attributes = await settings.readAttributes()
  const kept = removeAttributes(attributes)
  if (kept !== attributes) await settings.writeAttributes(kept)
  await unsettled.drop(null)
  return driver !== null || kept !== attributes
}

/** Git runs all three by its own POSIX shell, on Windows too. */
function settingsFor({ top, packageFolder, node }: ConnectRequest): Readonly<Record<string, string>> {
  const script = quote(`${stableFolder(packageFolder, top)}/dist/cli.js`)
  const command = `${quote(node)} ${script}`
  const isThere = `test -e ${script} && test -x ${quote(node)}`
  const driver = (flags: string) => {
    const [here, call] = [isThere, command].map((part) => part.replaceAll('%', '%%'))
    return `if ${here}; then ${call} merge-driver${flags} %O %A %B %L %P; else git merge-file --marker-size=%L %A %O %B; fi`
  }
  // Where the program is gone, git does what it would without it: a diff that fails shows nothing of any file, and a driver that does
  // leaves ours as if it were the result.
  return {
    'diff.sealward.textconv': `f() { if ${isThere}; then ${command} textconv "$1"; else cat "$1"; fi; }; f`,
    'merge.sealward.name': 'Sealward: by variable, with a right MAC',
    'merge.sealward.driver': driver(''),
    'merge.sealward.recursive': 'sealward-ancestor',
    'merge.sealward-ancestor.name': 'Sealward: common ancestors of a criss-cross history',
    'merge.sealward-ancestor.driver': driver(' --ancestor'),
  }
}
