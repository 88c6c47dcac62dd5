import type { Command, Flag } from './command.ts'

export type Shell = 'bash' | 'zsh' | 'fish'

/** Completion scripts, made from the commands' own definitions. */
export const COMPLETIONS: Readonly<Record<Shell, (commands: readonly Command[]) => string>> = { bash, zsh, fish }

export function isShell(word: string): word is Shell {
  return Object.hasOwn(COMPLETIONS, word)
}

function bash(commands: readonly Command[]): string {
  const cases = commands.map(
    (command) => `    ${command.name}) words='${flagsOf(command).flatMap(spellings).join(' ')}' ;;`,
  )
  return `# bash completion for sealward
_sealward() {
  local words current=\${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current")
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _sealward sealward
`
}

function zsh(commands: readonly Command[]): string {
  const names = commands.map(({ name, summary }) => `    '${name}:${quoted(summary)}'`)
  const cases = commands.map((command) => {
    const specs = flagsOf(command).flatMap((flag) => spellings(flag).map((spelling) => zshSpec(flag, spelling)))
    return `    ${command.name}) _arguments ${[...specs, "'*:file:_files'"].join(' ')} ;;`
  })
  return `#compdef sealward
_sealward() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
_sealward "$@"
`
}

function zshSpec({ value, help, repeat }: Flag, spelling: string): string {
  return `'${repeat ? '*' : ''}${spelling}[${quoted(help).replaceAll(/[[\]:]/g, ' ')}]${value === undefined ? '' : ':value:_files'}'`
}

function fish(commands: readonly Command[]): string {
  const lines = commands.flatMap((command) => [
    `complete -c sealward -n __fish_use_subcommand -f -a ${command.name} -d '${quoted(command.summary)}'`,
    ...flagsOf(command).map(
      ({ name, short, value, help }) =>
        `complete -c sealward -n '__fish_seen_subcommand_from ${command.name}' -l ${name}${short === undefined ? '' : ` -s ${short}`}${value === undefined ? '' : ' -r'} -d '${quoted(help)}'`,
    ),
  ])
  return `# fish completion for sealward\n${lines.join('\n')}\n`
}

function flagsOf(command: Command): readonly Flag[] {
  return [...command.flags, { name: 'help', short: 'h', help: 'show this help' }]
}

function spellings({ name, short }: Flag): string[] {
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`]
}

function quoted(text: string): string {
  return text.replaceAll("'", '’')
}
