import { dayOf } from '../../../core/day.ts'
import { printContent } from '../../../core/diff/print.ts'
import type { TimelineEntry } from '../../../core/diff/timeline.ts'
import { printable } from '../../../core/report/printable.ts'
import { history as historyTask } from '../../../tasks/git/history.ts'
import { type Command, DEFAULT_FILE, IDENTITY } from '../../command.ts'
import { openGitWorld } from '../../git/world.ts'

const SHOWN_DIGITS = 12
const WORDS = {
  added: 'set',
  removed: 'removed',
  changed: 'changed',
  unknown: 'encrypted anew, maybe changed',
} as const

export const history: Command = {
  name: 'history',
  synopsis: 'KEY [FILE]',
  summary: 'Says when a variable changed, and by whom, newest first.',
  details: `
From git history, over every name that the file had. Without a key, ciphertext is
compared, which says no more than "maybe" where the data key changed. Without
FILE: .env.encrypted.`,
  flags: [{ name: 'reveal', help: 'show the value that each commit gave it' }, IDENTITY],
  args: { min: 1, max: 2 },
  async run({ args, has, world }) {
    const file = args[1] ?? DEFAULT_FILE
    const { locate } = await world.repository()
    const request = { name: args[0]!, path: locate(file), file }
    const { entries, notes } = await historyTask(request, { ...world, ...openGitWorld() })
    for (const entry of entries) world.terminal.print(printEntry(entry, has('reveal')))
    for (const note of notes) world.teller.note(note)
    return 0
  },
}

function printEntry(entry: TimelineEntry & { readonly author: string }, reveal: boolean): string {
  const { commit, date, author, change } = entry
  const value = reveal && change.after !== null ? `: ${printContent(change.after)}` : ''
  const day = dayOf(date)
  return `${day} ${commit.slice(0, SHOWN_DIGITS)} ${WORDS[change.kind]} by ${printable(author)}${value}\n`
}
