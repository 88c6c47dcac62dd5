import type { Changes } from '../core/envelope/changes.ts'
import type { Terminal } from './terminal.ts'

/** + added, ~ changed, - removed: names alone. */
export function printChanges({ added, changed, removed }: Changes, terminal: Terminal): void {
  for (const name of added) terminal.error(terminal.colour('green', `+ ${name}`))
  for (const name of changed) terminal.error(terminal.colour('yellow', `~ ${name}`))
  for (const name of removed) terminal.error(terminal.colour('red', `- ${name}`))
}
