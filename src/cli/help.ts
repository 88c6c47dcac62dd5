import type { Command, Flag } from './command.ts'

const WIDTH = 30

/** The help of one command. */
export function commandHelp(command: Command): string {
  const flags = [...command.flags, { name: 'help', short: 'h', help: 'show this help' }]
  return [
    `usage: sealward ${command.name}${command.flags.length > 0 ? ' [FLAGS]' : ''}${command.synopsis === '' ? '' : ` ${command.synopsis}`}`,
    '',
    `  ${command.summary}`,
    ...(command.details === undefined
      ? []
      : [
          '',
          ...command.details
            .trim()
            .split('\n')
            .map((line) => (line === '' ? '' : `  ${line}`)),
        ]),
    '',
    'flags:',
    ...flags.map(flagLine),
    '',
  ].join('\n')
}

/** The help of the whole program. */
export function generalHelp(commands: readonly { readonly name: string; readonly summary: string }[]): string {
  return [
    'usage: sealward COMMAND [FLAGS] [ARGUMENTS]',
    '',
    '  Keeps .env files in git, encrypted: the SOPS dotenv format with age recipients.',
    '',
    'commands:',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(14)}${summary}`),
    '',
    'flags:',
    `  ${'--version'.padEnd(14)}show the version`,
    `  ${'--help'.padEnd(14)}show this help; COMMAND --help shows a command's`,
    '',
    "exit status: 0 clean, 1 findings, 2 could not; `run` passes its command's status on",
    '',
  ].join('\n')
}

function flagLine({ name, short, value, repeat, help }: Flag): string {
  const spelled = `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}${repeat ? ' ...' : ''}`
  return spelled.length < WIDTH ? `  ${spelled.padEnd(WIDTH)}${help}` : `  ${spelled}\n  ${''.padEnd(WIDTH)}${help}`
}
