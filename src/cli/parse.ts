import { parseArgs } from 'node:util'
import { SealwardError } from '../core/errors.ts'
import { nearest } from '../core/policy/nearest.ts'
import { amount } from '../core/report/amount.ts'
import type { Call, Command, Flag } from './command.ts'

const HELP: Flag = { name: 'help', short: 'h', help: 'show this help' }

/** `help` when it was asked for, else the parsed command line. */
export type Parsed = 'help' | Omit<Call, 'world'>

/**
 * Reads a command's arguments. Unknown flags, missing values and a wrong number of arguments are refused.
 *
 * @throws SealwardError usage, naming the nearest flag
 */
export function parseCommandLine(command: Command, argv: readonly string[]): Parsed {
  const flags = [...command.flags, HELP]
  const { own, rest } = command.passesOn ? splitAtFirstArgument(argv, flags) : { own: argv, rest: [] }
  const values = new Map<string, string[]>()
  const args: string[] = []
  for (const token of tokenise(own, flags)) {
    if (token.kind === 'positional') args.push(token.value)
    if (token.kind === 'option') addOption(values, token, flags)
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

function addOption(
  values: Map<string, string[]>,
  token: Extract<Token, { kind: 'option' }>,
  flags: readonly Flag[],
): void {
  const flag = flags.find(({ name }) => name === token.name)
  if (flag === undefined) throw unknownFlag(token.rawName, flags)
  if (flag.value !== undefined && token.value === undefined)
    throw usage(`${token.rawName} needs a value (${flag.value})`)
  if (flag.value === undefined && token.value !== undefined) throw usage(`${token.rawName} takes no value`)
  const before = values.get(flag.name) ?? []
  if (before.length > 0 && flag.value !== undefined && !flag.repeat) throw usage(`${token.rawName} was given twice`)
  values.set(flag.name, [...before, token.value ?? ''])
}

function checkCount({ name, args, synopsis }: Command, count: number): void {
  if (count < args.min) throw usage(`${name} needs ${synopsis}`)
  if (count > args.max)
    throw usage(`${name} takes ${args.max === 0 ? 'no arguments' : `at most ${amount(args.max, 'argument')}`}`)
}

function unknownFlag(rawName: string, flags: readonly Flag[]): SealwardError {
  const guess = nearest(
    rawName.replace(/^-+/, ''),
    flags.map(({ name }) => name),
  )
  return usage(
    `unknown flag ${/^--?[\w-]{1,64}$/.test(rawName) ? rawName : ''}`,
    guess === null ? undefined : `did you mean --${guess}?`,
  )
}

function usage(message: string, hint = 'see --help'): SealwardError {
  return new SealwardError('usage', message, { hint })
}
