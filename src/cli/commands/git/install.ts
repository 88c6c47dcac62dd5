import { SealwardError } from '../../../core/errors.ts'
import { HOOKS, type HookName, isHookName } from '../../../core/hook-name.ts'
import { printablePath } from '../../../core/report/text.ts'
import { VERSION } from '../../../core/version.ts'
import { connectGit, disconnectGit } from '../../../tasks/git/connect-git.ts'
import { type InstallOutcome, install as installTask, type ManagedHooks } from '../../../tasks/hooks/install.ts'
import { type UninstallOutcome, uninstall as uninstallTask } from '../../../tasks/hooks/uninstall.ts'
import type { Command } from '../../command.ts'
import { openGitWorld } from '../../git/world.ts'
import type { World } from '../../world.ts'

export const install: Command = {
  name: 'install',
  synopsis: '',
  summary: 'Installs the git hooks, diffs and merges into this repository.',
  details: `
pre-commit and pre-merge-commit judge what is staged, commit-msg the message, and
pre-push the commits that the remote does not have.

A hook that is there is kept and runs first. Where husky, lefthook or pre-commit
own the hooks, nothing is written, and the lines to add are printed.

\`git diff\` then shows which variables changed, and \`git merge\` merges by variable,
by settings of this clone and its info/attributes. docs/git.md

exit status: 0 in place, 1 lines have to be added by hand`,
  flags: [{ name: 'hooks', value: 'NAME,...', help: `which of them (default: ${HOOKS.join(',')})` }],
  args: { min: 0, max: 0 },
  async run({ world, one }) {
    const hooks = readHooks(one('hooks'))
    const { top, ...opened } = await world.hooks()
    const own = await world.ownFiles()
    const request = { ...own, hooks, top, version: VERSION, node: process.execPath }
    const status = sayInstalled(await installTask(request, opened), world)
    const connected = await connectGit(request, openGitWorld().settings)
    if (connected) world.teller.note('git shows and merges encrypted files by variable in this clone')
    return status
  },
}

export const uninstall: Command = {
  name: 'uninstall',
  synopsis: '',
  summary: 'Takes the hooks away again, and puts back what was there before.',
  details: `
The settings of git for diffs and merges go too, and every plaintext of a merge
that still waits to be settled.`,
  flags: [],
  args: { min: 0, max: 0 },
  async run({ world }) {
    const status = sayUninstalled(await uninstallTask(await world.hooks()), world)
    if (await disconnectGit(openGitWorld())) world.teller.note('git shows and merges encrypted files as text again')
    return status
  },
}

/** @throws SealwardError usage */
function readHooks(text: string | undefined): readonly HookName[] {
  if (text === undefined) return HOOKS
  const names = text.split(',')
  if (!names.every(isHookName))
    throw new SealwardError('usage', `--hooks takes ${HOOKS.join(', ')}, with commas between`)
  return HOOKS.filter((hook) => names.includes(hook))
}

function sayInstalled(outcome: InstallOutcome, { terminal, teller }: World): number {
  switch (outcome.kind) {
    case 'installed': {
      const { folder, hooks, chained } = outcome
      const after = chained.length === 0 ? '' : `; ${chained.join(', ')} after the hook that was there`
      teller.note(`${hooks.join(', ')} installed in ${printablePath(folder)}${after}`)
      return 0
    }
    case 'unchanged':
      teller.note(`is in ${printablePath(outcome.folder)} already`)
      return 0
    case 'shared':
      teller.note(
        `core.hooksPath leads to ${printablePath(outcome.folder)}, which serves other repositories too: nothing was written`,
      )
      for (const { hook, snippet } of outcome.snippets) {
        teller.note(`add this to its ${hook} hook:`)
        terminal.print(snippet)
      }
      return 1
    case 'managed':
      return outcome.managers.map((manager) => sayManaged(manager, { terminal, teller })).every(Boolean) ? 0 : 1
  }
}

function sayManaged(
  { name, file, snippet }: ManagedHooks,
  { terminal, teller }: Pick<World, 'terminal' | 'teller'>,
): boolean {
  if (snippet === null) teller.note(`${name} runs it already: ${printablePath(file)} names it`)
  else {
    teller.note(`${name} owns the hooks of this repository; add this to ${printablePath(file)}:`)
    terminal.print(snippet)
  }
  return snippet === null
}

function sayUninstalled(outcome: UninstallOutcome, { teller }: World): number {
  const folder = printablePath(outcome.folder)
  if (outcome.kind === 'removed') {
    const { hooks, restored } = outcome
    const back = restored.length === 0 ? '' : `; of ${restored.join(', ')} the hook that was there before is back`
    teller.note(`${hooks.join(', ')} removed from ${folder}${back}`)
  } else {
    teller.note(`is not in ${folder}`)
    for (const { name, file } of outcome.managers)
      teller.note(`${name}'s ${printablePath(file)} names it: take that out by hand`)
  }
  return 0
}
