/** A program that runs a repository's hooks from a file of its own. */
export type ManagerName = 'husky' | 'lefthook' | 'pre-commit'

/** How sealward is run here: as a command from the top of the repository, and as a tagged version of its own repository. */
export interface HookSource {
  readonly command: string
  readonly version: string
}

const SNIPPETS: Readonly<Record<ManagerName, (source: HookSource) => string>> = {
  husky: ({ command }) => `${command}\n`,
  lefthook: ({ command }) => `pre-commit:\n  commands:\n    sealward:\n      run: ${yamlText(command)}\n`,
  'pre-commit': ({ version }) =>
    `repos:\n  - repo: https://github.com/sealward/sealward\n    rev: v${version}\n    hooks:\n      - id: sealward\n`,
}

/** What to put into the manager's file so that sealward runs before each commit. Ends with a line end. */
export function hookSnippet(manager: ManagerName, source: HookSource): string {
  return SNIPPETS[manager](source)
}

/** JSON's strings are YAML's, in double quotes. */
function yamlText(text: string): string {
  return /^[\w./@+-]+$/.test(text) ? text : JSON.stringify(text)
}
