import { parseArgs } from 'node:util'
import { SealwardError } from '../core/errors.ts'
import { nearest } from '../core/policy/nearest.ts'
import { amount } from '../core/report/amount.ts'
import { type Call, type Command, type Flag, type Group, HELP, verbOf } from './command.ts'

/** `help` when it was asked for, else the parsed command line. */
export type Parsed = 'help' | Omit<Call, 'world'>

/** A command of a group, and its arguments. */
export interface Chosen {
  readonly command: Command
  readonly argv: readonly string[]
}

/**
 * Reads which command of a group is meant: the first word that belongs to no flag.
 *
 * @throws SealwardError usage, naming the nearest
 */
export function chooseVerb(group: Group, argv: readonly string[]): 'help' | Chosen {
  const flags = [...group.verbs.flatMap((verb) => verb.flags), HELP]
  const tokens = tokenise(argv, flags)
  const word = tokens.find((token) => token.kind === 'positional')
  const command = group.verbs.find((verb) => verbOf(verb) === word?.value)
  if (word !== undefined && command !== undefined) return { command, argv: argv.toSpliced(word.index, 1) }
  const options = tokens.filter((token) => token.kind === 'option')
  if (options.some(({ name }) => name === HELP.name)) return 'help'
  if (word === undefined) {
    const unknown = options.find(({ name }) => flags.every((flag) => flag.name !== name))
    throw unknown === undefined
      ? usage(group, `${group.name} needs ${wordsOf(group)}`)
      : unknownFlag(unknown.rawName, { name: group.name, flags })
  }
  const guess = nearest(word.value, group.verbs.map(verbOf))
  throw usage(group, `${group.name} takes ${wordsOf(group)}`, guess === null ? undefined : `did you mean ${guess}?`)
}

/**
 * Reads a command's arguments. Unknown flags, missing values and a wrong number of arguments are refused.
 *
 * @param siblings the commands of its group, whose flags somebody may take for its own
 * @throws SealwardError usage, naming the nearest flag
 */
export function parseCommandLine(command: Command, argv: readonly string[], siblings: readonly Command[] = []): Parsed {
  const flags = [...command.flags, HELP]
  const { own, rest } = command.passesOn ? splitAtFirstArgument(argv, flags) : { own: argv, rest: [] }
  const values = new Map<string, string[]>()
  const args: string[] = []
  for (const token of tokenise(own, flags)) {
    if (token.kind === 'positional') args.push(token.value)
    if (token.kind === 'option') {
      refuseSiblings(command, token, siblings)
      addOption(values, token, { name: command.name, flags })
    }
  }
  if (values.has('help')) return 'help'
  args.push(...rest)
  checkCount(command, args.length)
  const all = (flag: string) => values.get(flag) ?? []
  return { args, has: (flag) => values.has(flag), one: (flag) => all(flag).at(-1), all }
}

type Token = NonNullable<ReturnType<typeof tokenise>>[number]

function tokenise(argv: readonly string[], flags: readonly Flag[]) {
  const options = Object.fromEntries(
    flags.map(({ name, short, value }) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        multiple: true,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  )
  return parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true }).tokens
}

function splitAtFirstArgument(
  argv: readonly string[],
  flags: readonly Flag[],
): { own: readonly string[]; rest: readonly string[] } {
  const end = tokenise(argv, flags).find(({ kind }) => kind !== 'option')
  if (end === undefined) return { own: argv, rest: [] }
  return {
    own: argv.slice(0, end.index),
    rest: argv.slice(end.kind === 'option-terminator' ? end.index + 1 : end.index),
  }
}

/** A flag of another command of the group is no typing error. */
function refuseSiblings(command: Command, token: Extract<Token, { kind: 'option' }>, siblings: readonly Command[]) {
  // A letter that nobody knows is its own name.
  const knows = ({ flags }: Command) => flags.some(({ name, short }) => [name, short].includes(token.name))
  const others = siblings.filter(knows).map(({ name }) => name)
  if (others.length === 0 || knows(command)) return
  throw usage(command, `${command.name} does not take ${token.rawName}`, `it goes with ${others.join(' and ')}`)
}

function wordsOf({ verbs }: Group): string {
  const words = verbs.map(verbOf)
  return words.length === 1 ? words[0]! : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}

function addOption(
  values: Map<string, string[]>,
  token: Extract<Token, { kind: 'option' }>,
  command: Pick<Command, 'name' | 'flags'>,
): void {
  const flag = command.flags.find(({ name }) => name === token.name)
  if (flag === undefined) throw unknownFlag(token.rawName, command)
  if (flag.value !== undefined && token.value === undefined)
    throw usage(command, `${token.rawName} needs a value (${flag.value})`)
  if (flag.value === undefined && token.value !== undefined) throw usage(command, `${token.rawName} takes no value`)
  const before = values.get(flag.name) ?? []
  if (before.length > 0 && flag.value !== undefined && !flag.repeat)
    throw usage(command, `${token.rawName} was given twice`)
  values.set(flag.name, [...before, token.value ?? ''])
}

function checkCount(command: Command, count: number): void {
  const { name, args, synopsis } = command
  if (count < args.min) throw usage(command, `${name} needs ${synopsis}`)
  if (count <= args.max) return
  throw usage(command, `${name} takes ${args.max === 0 ? 'no arguments' : `at most ${amount(args.max, 'argument')}`}`)
}

function unknownFlag(rawName: string, command: Pick<Command, 'name' | 'flags'>): SealwardError {
  const guess = nearest(
    rawName.replace(/^-+/, ''),
    command.flags.map(({ name }) => name),
  )
  const shown = /^--?[\w-]{1,64}$/.test(rawName) ? rawName : ''
  return usage(command, `unknown flag ${shown}`, guess === null ? undefined : `did you mean --${guess}?`)
}

function usage({ name }: { readonly name: string }, message: string, hint?: string): SealwardError {
  return new SealwardError('usage', message, { hint: hint ?? `see sealward ${name} --help` })
}
