import { dayOf } from '../../core/day.ts'
import { amount } from '../../core/report/amount.ts'
import { printable } from '../../core/report/printable.ts'
import { printablePath } from '../../core/report/text.ts'
import type { ListedToDo } from '../../tasks/steps/members/left-behind.ts'
import type { Rewrapping } from '../../tasks/steps/members/rewrap-files.ts'
import type { Call } from '../command.ts'

/** The flags of whatever changes members. */
export const CHANGING = [
  { name: 'dry-run', help: 'say what would change, and change nothing' },
  { name: 'reason', value: 'TEXT', help: 'why, for the ledger' },
] as const

/** What the flags above say. */
export function changeOf({ has, one }: Call): { readonly dryRun: boolean; readonly reason?: string } {
  const reason = one('reason')
  return { dryRun: has('dry-run'), ...(reason !== undefined && { reason }) }
}

/** One line for each file, then how many there were, and what is to be committed. */
export function sayFiles(
  { files, written }: { readonly files: readonly Rewrapping[]; readonly written: readonly string[] },
  { world: { terminal, teller }, has }: Call,
): void {
  for (const { path, added, removed, newDataKey, together } of files) {
    const counts = [added.length > 0 ? `+${added.length}` : '', removed.length > 0 ? `-${removed.length}` : '']
    const what = [...counts.filter(Boolean), ...(newDataKey ? ['new data key'] : [])].join(' ')
    const needs = together === null ? '' : `, needs ${together}`
    terminal.print(`${printablePath(path)}: ${what}${needs}\n`)
  }
  if (has('dry-run')) teller.note(`${amount(files.length, 'file')} would change; nothing was changed`)
  else if (written.length > 0) teller.note(`commit together: ${written.map(printable).join(' ')}`)
  else teller.note('nothing changed')
}

/** What those who leave could read, and what no command can take back. */
export function sayToDos(lists: readonly ListedToDo[], call: Call): void {
  const { terminal, teller } = call.world
  for (const { path, toDo } of lists) {
    for (const { file, name, since } of toDo.secrets)
      terminal.print(`rotate ${printable(name)} in ${printablePath(file)}: readable since ${dayOf(since)}\n`)
    const where = call.has('dry-run') ? '' : `, listed in ${path}`
    const count = amount(toDo.secrets.length, 'secret')
    teller.note(`${count} to rotate${where}; \`sealward check\` reports each until it is another`)
  }
  teller.note('git history stays readable to them: what a file was, their key opens for ever')
}
