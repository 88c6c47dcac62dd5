#!/usr/bin/env node
import { SealwardError } from '../core/errors.ts'
import { nearest } from '../core/policy/nearest.ts'
import { VERSION } from '../core/version.ts'
import { CATALOGUE } from './catalogue.ts'
import type { Command, Group } from './command.ts'
import { commandHelp, generalHelp, groupHelp } from './help.ts'
import { chooseVerb, parseCommandLine } from './parse.ts'
import { printError } from './print-error.ts'
import { openWorld } from './world.ts'

const COULD_NOT = 2

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === '--version' || name === '-V') return print(`${VERSION}\n`)
  if (name === 'help') return helpOn(rest)
  if (name === undefined || name === '--help' || name === '-h') {
    print(generalHelp(CATALOGUE))
    return name === undefined ? COULD_NOT : 0
  }
  const found = await findCommand(name)
  if (!('verbs' in found)) return perform(found, rest)
  const chosen = chooseVerb(found, rest)
  return chosen === 'help' ? print(groupHelp(found)) : perform(chosen.command, chosen.argv, found.verbs)
}

/** Nothing is performed, whatever the words are. */
async function helpOn([name, verb]: readonly string[]): Promise<number> {
  if (name === undefined) return print(generalHelp(CATALOGUE))
  const found = await findCommand(name)
  if (!('verbs' in found)) return print(commandHelp(found))
  const chosen = verb === undefined || verb.startsWith('-') ? 'help' : chooseVerb(found, [verb])
  return print(chosen === 'help' ? groupHelp(found) : commandHelp(chosen.command))
}

async function perform(command: Command, argv: readonly string[], siblings?: readonly Command[]): Promise<number> {
  try {
    const parsed = parseCommandLine(command, argv, siblings)
    if (parsed === 'help') return print(commandHelp(command))
    return await command.run({ ...parsed, world: openWorld(parsed.all('identity')) })
  } catch (error) {
    printError(error)
    return command.failure ?? COULD_NOT
  }
}

async function findCommand(name: string): Promise<Command | Group> {
  const entry = CATALOGUE.find((one) => one.name === name)
  if (entry !== undefined) return entry.load()
  const guess = nearest(
    name,
    CATALOGUE.map((one) => one.name),
  )
  throw new SealwardError('usage', `there is no such command`, {
    hint: guess === null ? 'see sealward --help' : `did you mean ${guess}?`,
  })
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return
  printError(new SealwardError('io', `standard output cannot be written (${error.code ?? 'unknown'})`))
  process.exitCode = COULD_NOT
})

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    printError(error)
    process.exitCode = COULD_NOT
  },
)
