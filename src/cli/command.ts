import type { World } from './world.ts'

/** A flag of a command: one entry serves parsing, help and shell completion. */
export interface Flag {
  readonly name: string
  readonly short?: string
  /** What the value stands for in the help; absent for a switch. */
  readonly value?: string
  readonly repeat?: true
  readonly help: string
}

export interface Command {
  readonly name: string
  /** The arguments, as the usage line shows them. */
  readonly synopsis: string
  readonly summary: string
  /** Paragraphs below the usage line. */
  readonly details?: string
  readonly flags: readonly Flag[]
  readonly args: { readonly min: number; readonly max: number }
  /** The first argument starts another program's command line: nothing after it is ours. */
  readonly passesOn?: true
  /** The status for a failure, where it is not 2. */
  readonly failure?: number
  /** @returns the exit status */
  run(call: Call): Promise<number>
}

/** Commands under one name: `sealward members add`. */
export interface Group {
  readonly name: string
  readonly summary: string
  /** Paragraphs below the list of the commands. */
  readonly details?: string
  /** In the order of the help. Their names begin with the group's; a flag of one is no other kind of flag of another. */
  readonly verbs: readonly Command[]
}

/** `key` of `rotate key`; the name where it has one word. */
export function verbOf({ name }: Pick<Command, 'name'>): string {
  return name.slice(name.indexOf(' ') + 1)
}

/** A command line, parsed. */
export interface Call {
  readonly args: readonly string[]
  has(flag: string): boolean
  one(flag: string): string | undefined
  all(flag: string): readonly string[]
  readonly world: World
}

/** Of every command. */
export const HELP: Flag = { name: 'help', short: 'h', help: 'show this help' }
export const IDENTITY: Flag = {
  name: 'identity',
  short: 'i',
  value: 'FILE',
  repeat: true,
  help: 'an age identity file; given one, no other place is looked at',
}
export const RECIPIENT: Flag = {
  name: 'recipient',
  short: 'r',
  value: 'RECIPIENT|FILE',
  repeat: true,
  help: 'an age recipient, or a file of them',
}
export const ANY_NAME: Flag = {
  name: 'allow-any-name',
  help: 'accept names that other tools allow (spaces, dots, dashes)',
}
export const QUOTES: Flag = {
  name: 'quotes',
  value: 'literal|dotenv',
  help: 'how to read values that sops encrypted with their quotes (default: as sealward.yml says, else literal)',
}
export const FILE: Flag = {
  name: 'file',
  short: 'f',
  value: 'FILE',
  help: 'the encrypted file (default: .env.encrypted)',
}
export const PUBLIC: Flag = {
  name: 'public',
  value: 'NAME',
  repeat: true,
  help: 'a variable whose value is no secret, and is not hidden',
}
export const DEFAULT_FILE = '.env.encrypted'
