import type { HookName } from '../hook-name.ts'

/** A program that runs a repository's hooks from a file of its own. */
export type ManagerName = 'husky' | 'lefthook' | 'pre-commit'

/** How sealward is run here: as commands from the top of the repository, and as a tagged version of its own repository. */
export interface HookSource {
  readonly version: string
  command(hook: HookName): string
}

const SNIPPETS: Readonly<Record<ManagerName, (hooks: readonly HookName[], source: HookSource) => string>> = {
  husky: (hooks, { command }) => hooks.map((hook) => `${hookLine(command(hook), hook)}\n`).join(''),
  lefthook: (hooks, { command }) => hooks.map((hook) => lefthookBlock(hook, command(hook))).join(''),
  'pre-commit': preCommitBlock,
}

/** The ids of .pre-commit-hooks.yaml. A merge is judged as a commit is. */
const IDS: Readonly<Record<HookName, string>> = {
  'pre-commit': 'sealward',
  'pre-merge-commit': 'sealward',
  'commit-msg': 'sealward-commit-msg',
  'pre-push': 'sealward-pre-push',
}

/**
 * What to put into the manager's file so that sealward runs as these hooks. Ends with a line end.
 *
 * @param hooks one for husky, which has a file for each
 */
export function hookSnippet(manager: ManagerName, hooks: readonly HookName[], source: HookSource): string {
  return SNIPPETS[manager](hooks, source)
}

/** The command with what git gives this hook, as a line of the hook's script. */
export function hookLine(command: string, hook: HookName): string {
  return hook === 'commit-msg' || hook === 'pre-push' ? `${command} "$@"` : command
}

/** lefthook puts git's arguments in the place of `{1}`, and keeps standard input to itself unless it is asked for. */
function lefthookBlock(hook: HookName, command: string): string {
  const run = hook === 'commit-msg' || hook === 'pre-push' ? `${command} {1}` : command
  const input = hook === 'pre-push' ? '      use_stdin: true\n' : ''
  return `${hook}:\n  commands:\n    sealward:\n${input}      run: ${yamlText(run)}\n`
}

function preCommitBlock(hooks: readonly HookName[], { version }: HookSource): string {
  const types = hooks.every((hook) => hook === 'pre-commit')
    ? ''
    : `default_install_hook_types: [${hooks.join(', ')}]\n`
  const ids = [...new Set(hooks.map((hook) => IDS[hook]))].map((id) => `      - id: ${id}\n`).join('')
  return `${types}repos:\n  - repo: https://github.com/sealward/sealward\n    rev: v${version}\n    hooks:\n${ids}`
}

/** JSON's strings are YAML's, in double quotes. */
function yamlText(text: string): string {
  return /^[\w./@+-]+$/.test(text) ? text : JSON.stringify(text)
}
