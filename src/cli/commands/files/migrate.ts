import { printablePath } from '../../../core/report/text.ts'
import { type MigrationStep, migrate as migrateTask, planMigration } from '../../../tasks/files/migrate.ts'
import type { Call, Command } from '../../command.ts'
import { RECIPIENT } from '../../command.ts'
import { dotenvxVariables, FOREIGN_KEY } from '../../foreign-source.ts'

export const migrate: Command = {
  name: 'migrate',
  synopsis: '[GLOB...]',
  summary: 'Encrypts what dotenvx, sops, Fernet and plaintext .env files below this folder hold.',
  details: `
Files are known by their content. All are opened before the first is written,
and they stay: --dry-run shows the plan and changes nothing.

exit status: 0 all is done, 1 something is blocked by a file that is there, 2 could not`,
  flags: [
    { name: 'dry-run', help: 'show the plan; needs no key' },
    RECIPIENT,
    { name: 'force', help: 'replace encrypted files that are there' },
    FOREIGN_KEY,
  ],
  args: { min: 0, max: 1000 },
  async run(call) {
    const request = {
      globs: call.args,
      recipients: call.all('recipient'),
      force: call.has('force'),
      keyFiles: call.all('identity'),
      environmentKeys: dotenvxVariables(),
    }
    const steps = await planMigration(request, call.world)
    if (!call.has('dry-run')) await migrateTask(steps, request, call.world)
    print(steps, call)
    return steps.some(({ state }) => state === 'blocked') ? 1 : 0
  },
}

function print(steps: readonly MigrationStep[], call: Call): void {
  const { terminal, teller } = call.world
  const dry = call.has('dry-run')
  const width = Math.max(0, ...steps.map(({ kind }) => kind.length))
  for (const step of steps) terminal.print(`${step.kind.padEnd(width)}  ${describe(step)}\n`)
  const open = steps.filter(({ state }) => state === 'open')
  if (steps.length === 0) teller.note('nothing to migrate')
  else teller.note(dry ? `${open.length} to encrypt; nothing was changed` : `${open.length} encrypted`)
  if (dry || open.length === 0) return
  teller.note('the sources are where they were: remove them when the new files work')
  if (open.some(({ kind }) => kind === 'plaintext'))
    teller.note('`sealward protect FILE` takes plaintext out of git; what its history has, rotate')
}

function describe({ file, output, state }: MigrationStep): string {
  const from = printablePath(file)
  if (state === 'done') return `${from} is encrypted already`
  const to = printablePath(output)
  return state === 'open'
    ? `${from} -> ${to}`
    : `${from} -> ${to}  blocked: that file is there, or comes from another source`
}
