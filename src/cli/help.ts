import { fill } from '../core/report/fill.ts'
import { type Command, type Flag, type Group, HELP, verbOf } from './command.ts'

/** Characters of a line. */
const WIDTH = 80
/** Where the words on a flag begin. */
const FLAG_COLUMN = 32

/** The help of one command. */
export function commandHelp({ name, synopsis, summary, details, flags }: Command): string {
  const usage = ['usage: sealward', name, flags.length > 0 ? '[FLAGS]' : '', synopsis].filter(Boolean).join(' ')
  const lines = [...flags, HELP].flatMap(flagLines)
  return pageOf([
    wrapped(usage, { hanging: 4 }),
    wrapped(summary, { indent: 2 }),
    paragraphs(details),
    ['flags:', ...lines],
  ])
}

/** The help of a group of commands: what each is for. */
export function groupHelp({ name, summary, details, verbs }: Group): string {
  const column = Math.max(...verbs.map((verb) => verbOf(verb).length)) + 4
  const lines = verbs.flatMap((verb) => entryLines(verbOf(verb), verb.summary, column))
  return pageOf([
    [`usage: sealward ${name} COMMAND [FLAGS] [ARGUMENTS]`],
    wrapped(summary, { indent: 2 }),
    ['commands:', ...lines],
    paragraphs(details),
    [`sealward ${name} COMMAND --help shows the arguments and flags of one`],
  ])
}

/** The help of the whole program. */
export function generalHelp(commands: readonly { readonly name: string; readonly summary: string }[]): string {
  return pageOf([
    ['usage: sealward COMMAND [FLAGS] [ARGUMENTS]'],
    wrapped('Keeps .env files in git, encrypted: the SOPS dotenv format with age recipients.', { indent: 2 }),
    ['commands:', ...commands.flatMap(({ name, summary }) => entryLines(name, summary, 16))],
    [
      'flags:',
      ...entryLines('--version', 'show the version', 16),
      ...entryLines('--help', "show this help; COMMAND --help shows a command's", 16),
    ],
    wrapped("exit status: 0 clean, 1 findings, 2 could not; `run` passes its command's status on", { hanging: 2 }),
  ])
}

function pageOf(parts: readonly (readonly string[])[]): string {
  const shown = parts.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`)
  return shown.join('\n')
}

/** Prose is filled; what has columns or command lines stays as it was written. */
function paragraphs(text: string | undefined): string[] {
  if (text === undefined) return []
  const parts = text
    .replace(/^\n/, '')
    .trimEnd()
    .split(/\n{2,}/)
  return parts.flatMap((part, index) => [...(index === 0 ? [] : ['']), ...paragraphLines(part)])
}

function paragraphLines(part: string): string[] {
  const lines = part.split('\n')
  if (lines.some((line) => /^ | {2}/.test(line))) return lines.map((line) => `  ${line}`)
  return wrapped(lines.join(' '), { indent: 2 })
}

function flagLines({ name, short, value, repeat, help }: Flag): string[] {
  const letter = short === undefined ? '    ' : `-${short}, `
  return entryLines(
    `${letter}--${name}${value === undefined ? '' : ` ${value}`}${repeat ? ' ...' : ''}`,
    help,
    FLAG_COLUMN,
  )
}

/** A name, and words on it in a column of their own, which begin on the next line where the name is too long. */
function entryLines(name: string, words: string, column: number): string[] {
  const lines = wrapped(words, { indent: column })
  const head = `  ${name}`
  if (head.length >= column) return [head, ...lines]
  return [head.padEnd(column) + lines[0]!.trimStart(), ...lines.slice(1)]
}

/** @param how blanks before each line, and more of them before those that go on */
function wrapped(text: string, { indent = 0, hanging = 0 }: { indent?: number; hanging?: number }): string[] {
  const lines = fill(text.split(' '), WIDTH - indent - hanging)
  return lines.map((line, index) => line.padStart(line.length + indent + (index === 0 ? 0 : hanging)))
}
