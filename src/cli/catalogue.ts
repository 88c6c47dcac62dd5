import type { Command, Group } from './command.ts'

interface Entry {
  readonly name: string
  readonly summary: string
  /** Commands are loaded one at a time: start-up pays for the one that runs. */
  load(): Promise<Command | Group>
}

/** Every command, in the order of the help. */
export const CATALOGUE: readonly Entry[] = [
  { name: 'keygen', summary: 'make an age key', load: async () => (await import('./commands/keys/keygen.ts')).keygen },
  {
    name: 'encrypt',
    summary: 'encrypt a .env',
    load: async () => (await import('./commands/files/encrypt.ts')).encrypt,
  },
  {
    name: 'decrypt',
    summary: 'decrypt to dotenv, JSON, shell, YAML, docker or k8s',
    load: async () => (await import('./commands/files/decrypt.ts')).decrypt,
  },
  { name: 'get', summary: 'print one value', load: async () => (await import('./commands/files/get.ts')).get },
  { name: 'set', summary: 'set one value', load: async () => (await import('./commands/files/change.ts')).set },
  { name: 'unset', summary: 'remove one value', load: async () => (await import('./commands/files/change.ts')).unset },
  {
    name: 'list',
    summary: 'list the names, without a key',
    load: async () => (await import('./commands/files/list.ts')).list,
  },
  {
    name: 'edit',
    summary: 'open the values in your editor',
    load: async () => (await import('./commands/files/change.ts')).edit,
  },
  {
    name: 'run',
    summary: 'run a command with the values in its environment',
    load: async () => (await import('./commands/files/run.ts')).run,
  },
  {
    name: 'redact',
    summary: 'hide the values in what another command prints',
    load: async () => (await import('./commands/files/redact.ts')).redact,
  },
  {
    name: 'scan',
    summary: 'find secrets in files, commits and streams',
    load: async () => (await import('./commands/check/scan.ts')).scan,
  },
  {
    name: 'rules',
    summary: 'test the rules of your own, import those of gitleaks',
    load: async () => (await import('./commands/check/rules.ts')).rules,
  },
  {
    name: 'verify',
    summary: 'check encrypted files, without a key',
    load: async () => (await import('./commands/check/verify.ts')).verify,
  },
  {
    name: 'check',
    summary: 'say what is due: secrets, certificates, keys',
    load: async () => (await import('./commands/check/check.ts')).check,
  },
  {
    name: 'config',
    summary: 'check sealward.yml, and say which entry decides',
    load: async () => (await import('./commands/check/config.ts')).config,
  },
  {
    name: 'protect',
    summary: 'the way out of a refused commit',
    load: async () => (await import('./commands/git/protect.ts')).protect,
  },
  {
    name: 'diff',
    summary: 'say what differs between two versions of a file',
    load: async () => (await import('./commands/git/diff.ts')).diff,
  },
  {
    name: 'history',
    summary: 'say when a variable changed, and by whom',
    load: async () => (await import('./commands/git/history.ts')).history,
  },
  {
    name: 'restore',
    summary: 'take a value back from a commit',
    load: async () => (await import('./commands/git/restore.ts')).restore,
  },
  {
    name: 'merge',
    summary: 'settle an encrypted file that git left with a conflict',
    load: async () => (await import('./commands/git/merge.ts')).merge,
  },
  {
    name: 'install',
    summary: 'install the git hooks, diffs and merges',
    load: async () => (await import('./commands/git/install.ts')).install,
  },
  {
    name: 'uninstall',
    summary: 'remove them again',
    load: async () => (await import('./commands/git/install.ts')).uninstall,
  },
  {
    name: 'sign',
    summary: 'sign encrypted files with an SSH key',
    load: async () => (await import('./commands/files/sign.ts')).sign,
  },
  {
    name: 'import',
    summary: 'take over a file of Fernet, dotenvx or sops',
    load: async () => (await import('./commands/files/import.ts')).importCommand,
  },
  {
    name: 'export',
    summary: 'write a file for sops, dotenvx or Fernet',
    load: async () => (await import('./commands/files/export.ts')).exportCommand,
  },
  {
    name: 'migrate',
    summary: 'take over all such files of a repository',
    load: async () => (await import('./commands/files/migrate.ts')).migrate,
  },
  {
    name: 'rotate',
    summary: 'new keys for encrypted files, new passwords for databases',
    load: async () => (await import('./commands/rotation/rotate.ts')).rotate,
  },
  {
    name: 'request',
    summary: 'ask a repository for a rotation, signed',
    load: async () => (await import('./commands/rotation/request.ts')).request,
  },
  {
    name: 'lockdown',
    summary: 'close a repository on the day that it leaked',
    load: async () => (await import('./commands/rotation/lockdown.ts')).lockdown,
  },
  {
    name: 'keys',
    summary: 'shares and passphrases of age keys',
    load: async () => (await import('./commands/keys/keys.ts')).keys,
  },
  {
    name: 'members',
    summary: 'who can open files: list, add, remove, rename, upgrade',
    load: async () => (await import('./commands/members/members.ts')).members,
  },
  {
    name: 'recipients',
    summary: 'encrypt every file to those whom sealward.yml names',
    load: async () => (await import('./commands/keys/recipients.ts')).recipients,
  },
  {
    name: 'updatekeys',
    summary: 'the same for some files, in the words of sops',
    load: async () => (await import('./commands/keys/updatekeys.ts')).updatekeys,
  },
  {
    name: 'access',
    summary: 'say who could open what, when',
    load: async () => (await import('./commands/members/access.ts')).access,
  },
  {
    name: 'policy',
    summary: 'say who can open what by sealward.yml, and why',
    load: async () => (await import('./commands/members/policy.ts')).policy,
  },
  {
    name: 'audit',
    summary: 'verify, print, sign and archive the ledger',
    load: async () => (await import('./commands/members/audit.ts')).audit,
  },
  {
    name: 'textconv',
    summary: 'for git: show an encrypted file in a diff',
    load: async () => (await import('./commands/git/textconv.ts')).textconv,
  },
  {
    name: 'merge-driver',
    summary: 'for git: merge an encrypted file by variable',
    load: async () => (await import('./commands/git/merge-driver.ts')).mergeDriver,
  },
  {
    name: 'completion',
    summary: 'print a completion script for bash, zsh or fish',
    load: async () => (await import('./commands/completion.ts')).completion,
  },
]
