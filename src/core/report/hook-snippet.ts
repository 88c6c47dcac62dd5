/** A program that runs a repository's hooks from a file of its own. */
export type ManagerName = 'husky' | 'lefthook' | 'pre-commit'

/** What to put into the manager's file so that it runs `command` before each commit. Ends with a line end. */
export function hookSnippet(manager: ManagerName, command: string): string {
  return SNIPPETS[manager](command)
}

const SNIPPETS: Readonly<Record<ManagerName, (command: string) => string>> = {
  husky: (command) => `${command}\n`,
  lefthook: (command) => `pre-commit:\n  commands:\n    sealward:\n      run: ${command}\n`,
  'pre-commit': (command) => `repos:
  - repo: local
    hooks:
      - id: sealward
        name: sealward
        entry: ${command}
        language: system
        types: []
        require_serial: true
`,
}
