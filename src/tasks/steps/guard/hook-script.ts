import type { HookName } from '../../../core/hook-name.ts'

/** The second line of our hooks, in every version. */
const MARK = '# sealward hook'

/** Where Node and the program are on this machine, for commits from programs that do not have the shell's PATH. */
export interface Recorded {
  readonly node: string
  readonly script: string
}

/** Where the hook goes that was there before ours, which runs it first. */
export function previousOf(hook: HookName): string {
  return `${hook}.sealward-previous`
}

/** The hook as it is shipped, with the places filled in. All hooks are this text: each goes by the name it is called by. */
export function hookScript(template: string, recorded: Recorded): string {
  return template
    .replace(/^recorded_node=.*$/m, () => `recorded_node=${quote(recorded.node)}`)
    .replace(/^recorded_script=.*$/m, () => `recorded_script=${quote(recorded.script)}`)
}

export function isOurHook(text: string): boolean {
  return text.split('\n', 2)[1]?.startsWith(MARK) === true
}

/** A package among the repository's own, by the path that stays when its version changes (pnpm keeps it elsewhere and links to it). */
export function stableFolder(packageFolder: string, top: string): string {
  const modules = `${slashed(top)}/node_modules`
  return slashed(packageFolder).startsWith(`${modules}/`) ? `${modules}/sealward` : slashed(packageFolder)
}

/** A shipped hook as a command from the top of the repository. */
export function hookCommand(hook: HookName, packageFolder: string, top: string): string {
  const path = `${stableFolder(packageFolder, top)}/hooks/${hook}`
  const here = `${slashed(top)}/`
  const command = path.startsWith(here) ? path.slice(here.length) : path
  return /^[\w./:@+-]+$/.test(command) ? command : quote(command)
}

/** Git's shell on Windows wants slashes too. */
function slashed(path: string): string {
  return /^[A-Za-z]:\\/.test(path) ? path.replaceAll('\\', '/') : path
}

/** A path as one word of a POSIX shell. */
export function quote(path: string): string {
  return `'${slashed(path).replaceAll("'", "'\\''")}'`
}
