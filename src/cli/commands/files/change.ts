import type { Changes } from '../../../core/envelope/changes.ts'
import { VALUE_BYTES } from '../../../core/envelope/limits.ts'
import { SealwardError } from '../../../core/errors.ts'
import * as tasks from '../../../tasks/files/edit.ts'
import { ANY_NAME, type Call, type Command, DEFAULT_FILE, FILE, IDENTITY, QUOTES } from '../../command.ts'
import { printChanges } from '../../print-changes.ts'
import { readingOf } from '../../reading.ts'

const FLAGS = [FILE, IDENTITY, QUOTES, ANY_NAME]

export const set: Command = {
  name: 'set',
  synopsis: 'KEY [VALUE]',
  summary: 'Sets one value; every other line of the file stays as it is.',
  details: `
Without VALUE it is read from stdin (one line end at its end is taken off), which
keeps it out of the shell's history and the process list.`,
  flags: FLAGS,
  args: { min: 1, max: 2 },
  async run(call) {
    const [name, given] = call.args
    const value = given ?? (await readValue(call))
    return say(await tasks.set({ ...requestOf(call), name: name!, value }, call.world), call)
  },
}

export const unset: Command = {
  name: 'unset',
  synopsis: 'KEY',
  summary: 'Removes one value.',
  flags: FLAGS,
  args: { min: 1, max: 1 },
  async run(call) {
    return say(await tasks.unset({ ...requestOf(call), name: call.args[0]! }, call.world), call)
  },
}

export const edit: Command = {
  name: 'edit',
  synopsis: '',
  summary: 'Opens the decrypted file in $VISUAL or $EDITOR and encrypts what you leave.',
  details: `
The text lives in a temporary file of mode 0600, in memory where the platform has
such a place, and is removed whatever happens. A text that does not parse opens
again, with the line named.`,
  flags: FLAGS,
  args: { min: 0, max: 0 },
  async run(call) {
    return say(await tasks.edit(requestOf(call), call.world), call)
  },
}

function requestOf(call: Call): tasks.EditRequest {
  return { file: call.one('file') ?? DEFAULT_FILE, ...readingOf(call) }
}

async function readValue({ world }: Call): Promise<string> {
  const bytes = await world.terminal.input(VALUE_BYTES + 2)
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes).replace(/\r?\n$/, '')
  } catch {
    throw new SealwardError('not-representable', 'the value on stdin is not UTF-8 text', {
      hint: 'encode it, for example as base64',
    })
  }
}

function say(changes: Changes, { world }: Call): number {
  const count = changes.added.length + changes.changed.length + changes.removed.length
  printChanges(changes, world.terminal)
  if (count === 0) world.teller.note('nothing changed')
  return 0
}
