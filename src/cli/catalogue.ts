import type { Command } from './command.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  /** Commands are loaded one at a time: start-up pays for the one that runs. */
  load(): Promise<Command>
}

/** Every command, in the order of the help. */
export const CATALOGUE: readonly Entry[] = [
  { name: 'keygen', summary: 'make an age key', load: async () => (await import('./commands/keygen.ts')).keygen },
  { name: 'encrypt', summary: 'encrypt a .env', load: async () => (await import('./commands/encrypt.ts')).encrypt },
  {
    name: 'decrypt',
    summary: 'decrypt to dotenv, JSON, shell, YAML, docker or k8s',
    load: async () => (await import('./commands/decrypt.ts')).decrypt,
  },
  { name: 'get', summary: 'print one value', load: async () => (await import('./commands/get.ts')).get },
  { name: 'set', summary: 'set one value', load: async () => (await import('./commands/change.ts')).set },
  { name: 'unset', summary: 'remove one value', load: async () => (await import('./commands/change.ts')).unset },
  {
    name: 'list',
    summary: 'list the names, without a key',
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    name: 'edit',
    summary: 'open the values in your editor',
    load: async () => (await import('./commands/change.ts')).edit,
  },
  {
    name: 'run',
    summary: 'run a command with the values in its environment',
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'redact',
    summary: 'hide the values in what another command prints',
    load: async () => (await import('./commands/redact.ts')).redact,
  },
  {
    name: 'scan',
    summary: 'find secrets in files, commits and streams',
    load: async () => (await import('./commands/scan.ts')).scan,
  },
  {
    name: 'rules',
    summary: 'test the rules of your own, import those of gitleaks',
    load: async () => (await import('./commands/rules.ts')).rules,
  },
  {
    name: 'verify',
    summary: 'check encrypted files, without a key',
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'check',
    summary: 'say what is due: secrets, certificates, keys',
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'config',
    summary: 'check sealward.yml, and say which entry decides',
    load: async () => (await import('./commands/config.ts')).config,
  },
  {
    name: 'protect',
    summary: 'the way out of a refused commit',
    load: async () => (await import('./commands/protect.ts')).protect,
  },
  {
    name: 'install',
    summary: 'install the git hook',
    load: async () => (await import('./commands/install.ts')).install,
  },
  {
    name: 'uninstall',
    summary: 'remove the git hook',
    load: async () => (await import('./commands/install.ts')).uninstall,
  },
  {
    name: 'sign',
    summary: 'sign encrypted files with an SSH key',
    load: async () => (await import('./commands/sign.ts')).sign,
  },
  {
    name: 'completion',
    summary: 'print a completion script for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
]
