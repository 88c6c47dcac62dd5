/** The hook of this name that was there before ours, which runs it first. */
export const PREVIOUS_HOOK = 'pre-commit.sealward-previous'
export const HOOK = 'pre-commit'

/** A line that every version of our hook has, and no other program writes. */
const MARK = '# sealward pre-commit hook'

/** Where Node and the program are on this machine, for commits from programs that do not have the shell's PATH. */
export interface Recorded {
  readonly node: string
  readonly script: string
}

/** The hook as it is shipped, with the places filled in. */
export function hookScript(template: string, recorded: Recorded): string {
  return template
    .replace(/^recorded_node=.*$/m, () => `recorded_node=${quote(recorded.node)}`)
    .replace(/^recorded_script=.*$/m, () => `recorded_script=${quote(recorded.script)}`)
}

export function isOurHook(text: string): boolean {
  return text.split('\n', 3).some((line) => line.startsWith(MARK))
}

/** One word of a POSIX shell, with the slashes that Git's shell on Windows wants too. */
function quote(path: string): string {
  const slashed = /^[A-Za-z]:\\/.test(path) ? path.replaceAll('\\', '/') : path
  return `'${slashed.replaceAll("'", "'\\''")}'`
}
