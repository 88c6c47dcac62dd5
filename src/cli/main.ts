#!/usr/bin/env node
import { SealwardError } from '../core/errors.ts'
import { nearest } from '../core/policy/nearest.ts'
import { VERSION } from '../core/version.ts'
import { CATALOGUE } from './catalogue.ts'
import type { Command } from './command.ts'
import { commandHelp, generalHelp } from './help.ts'
import { parseCommandLine } from './parse.ts'
import { printError } from './print-error.ts'
import { openWorld } from './world.ts'

const COULD_NOT = 2

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv
  if (name === undefined || name === '--help' || name === '-h' || name === 'help')
    return helpOn(name === 'help' ? rest[0] : undefined, name === undefined)
  if (name === '--version' || name === '-V') return print(`${VERSION}\n`)
  return perform(await findCommand(name), rest)
}

async function perform(command: Command, argv: readonly string[]): Promise<number> {
  try {
    const parsed = parseCommandLine(command, argv)
    if (parsed === 'help') return print(commandHelp(command))
    return await command.run({ ...parsed, world: openWorld(parsed.all('identity')) })
  } catch (error) {
    printError(error)
    return command.failure ?? COULD_NOT
  }
}

async function helpOn(name: string | undefined, asked: boolean): Promise<number> {
  print(name === undefined ? generalHelp(CATALOGUE) : commandHelp(await findCommand(name)))
  return asked ? COULD_NOT : 0
}

async function findCommand(name: string): Promise<Command> {
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
