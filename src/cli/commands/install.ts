import { printablePath } from '../../core/report/text.ts'
import { type InstallOutcome, install as installTask } from '../../tasks/install.ts'
import { type UninstallOutcome, uninstall as uninstallTask } from '../../tasks/uninstall.ts'
import type { Command } from '../command.ts'
import { VERSION } from '../version.ts'
import type { World } from '../world.ts'

export const install: Command = {
  name: 'install',
  synopsis: '',
  summary: 'Installs the pre-commit hook into this repository.',
  details: `
A hook that is there is kept and runs first. Where husky, lefthook or pre-commit
own the hooks, nothing is written, and the lines to add are printed.

exit status: 0 in place, 1 lines have to be added by hand`,
  flags: [],
  args: { min: 0, max: 0 },
  async run({ world }) {
    const { top, ...hooks } = await world.hooks()
    const own = await world.ownFiles()
    return sayInstalled(await installTask({ ...own, top, version: VERSION, node: process.execPath }, hooks), world)
  },
}

export const uninstall: Command = {
  name: 'uninstall',
  synopsis: '',
  summary: 'Takes the hook away again, and puts back what was there before.',
  flags: [],
  args: { min: 0, max: 0 },
  async run({ world }) {
    return sayUninstalled(await uninstallTask(await world.hooks()), world)
  },
}

function sayInstalled(outcome: InstallOutcome, { terminal, teller }: World): number {
  switch (outcome.kind) {
    case 'installed':
      teller.note(
        `installed in ${printablePath(outcome.folder)}${outcome.chained ? ', after the hook that was there' : ''}`,
      )
      return 0
    case 'unchanged':
      teller.note(`is in ${printablePath(outcome.folder)} already`)
      return 0
    case 'shared':
      teller.note(
        `core.hooksPath leads to ${printablePath(outcome.folder)}, which serves other repositories too: nothing was written`,
      )
      teller.note('add this to its pre-commit hook:')
      terminal.print(outcome.snippet)
      return 1
    case 'managed':
      return outcome.managers.map((manager) => sayManaged(manager, { terminal, teller })).every(Boolean) ? 0 : 1
  }
}

function sayManaged(
  manager: Extract<InstallOutcome, { kind: 'managed' }>['managers'][number],
  { terminal, teller }: Pick<World, 'terminal' | 'teller'>,
): boolean {
  const file = printablePath(manager.file)
  if (manager.wired) teller.note(`${manager.name} runs it already: ${file} names it`)
  else {
    teller.note(`${manager.name} owns the hooks of this repository; add this to ${file}:`)
    terminal.print(manager.snippet)
  }
  return manager.wired
}

function sayUninstalled(outcome: UninstallOutcome, { teller }: World): number {
  const folder = printablePath(outcome.folder)
  if (outcome.kind === 'removed') teller.note(`removed from ${folder}`)
  else if (outcome.kind === 'restored') teller.note(`removed from ${folder}; the hook that was there before is back`)
  if (outcome.kind === 'absent') {
    teller.note(`is not in ${folder}`)
    for (const { name, file } of outcome.managers)
      teller.note(`${name}'s ${printablePath(file)} names it: take that out by hand`)
  }
  return 0
}
