import { type Command, type Flag, type Group, verbOf } from './command.ts'

export type Shell = 'bash' | 'zsh' | 'fish'

type Entry = Command | Group

/** Completion scripts, made from the commands' own definitions. */
export const COMPLETIONS: Readonly<Record<Shell, (entries: readonly Entry[]) => string>> = { bash, zsh, fish }

export function isShell(word: string): word is Shell {
  return Object.hasOwn(COMPLETIONS, word)
}

function bash(entries: readonly Entry[]): string {
  const cases = entries.flatMap((entry) => [
    ...commandsOf(entry).map(
      (command) => `    ${patternOf(command)}) words='${flagsOf(command).flatMap(spellings).join(' ')}' ;;`,
    ),
    ...('verbs' in entry
      ? [`    '${entry.name} '*) words='${entry.verbs.map(verbOf).join(' ')} --help' first=2 ;;`]
      : []),
  ])
  return `# bash completion for sealward
_sealward() {
  local words first=0 current=\${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W '${entries.map(({ name }) => name).join(' ')} --help --version' -- "$current")
    return
  fi
  case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
${cases.join('\n')}
  esac
  if [[ $current == -* || $COMP_CWORD -eq $first ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
  fi
}
complete -o filenames -F _sealward sealward
`
}

/** What the first two words are. */
function patternOf({ name }: Command): string {
  return name.includes(' ') ? `'${name}'` : `'${name} '*`
}

function zsh(entries: readonly Entry[]): string {
  const cases = entries.flatMap((entry) => [
    ...commandsOf(entry).map((command) => {
      const specs = flagsOf(command).flatMap((flag) => spellings(flag).map((spelling) => zshSpec(flag, spelling)))
      const past = command.name.includes(' ') ? 'shift words; (( CURRENT-- )); ' : ''
      return `    ${patternOf(command)}) ${past}_arguments ${[...specs, "'*:file:_files'"].join(' ')} ;;`
    }),
    ...('verbs' in entry
      ? [`    '${entry.name} '*) _describe command ${entry.name.replaceAll('-', '_')}_verbs ;;`]
      : []),
  ])
  const lists = entries.flatMap((entry) =>
    'verbs' in entry ? [zshList(`${entry.name.replaceAll('-', '_')}_verbs`, entry.verbs)] : [],
  )
  return `#compdef sealward
_sealward() {
${[zshList('commands', entries), ...lists].join('\n')}
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]} \${words[3]}"
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
_sealward "$@"
`
}

function zshList(name: string, entries: readonly Entry[]): string {
  const lines = entries.map((entry) => `    '${verbOf(entry)}:${quoted(entry.summary).replaceAll(':', ' ')}'`)
  return `  local -a ${name}=(\n${lines.join('\n')}\n  )`
}

function zshSpec({ value, help, repeat }: Flag, spelling: string): string {
  return `'${repeat ? '*' : ''}${spelling}[${quoted(help).replaceAll(/[[\]:]/g, ' ')}]${value === undefined ? '' : ':value:_files'}'`
}

function fish(entries: readonly Entry[]): string {
  const lines = entries.flatMap((entry) => [
    `complete -c sealward -n __fish_use_subcommand -f -a ${entry.name} -d '${quoted(entry.summary)}'`,
    ...('verbs' in entry ? entry.verbs.map((verb) => fishVerb(verb, entry)) : []),
    ...commandsOf(entry).flatMap((command) => flagsOf(command).map((flag) => fishFlag(flag, command))),
  ])
  return `# fish completion for sealward\n${lines.join('\n')}\n`
}

function fishVerb(verb: Command, { name, verbs }: Group): string {
  const none = `not __fish_seen_subcommand_from ${verbs.map(verbOf).join(' ')}`
  const condition = `__fish_seen_subcommand_from ${name}; and ${none}`
  return `complete -c sealward -n '${condition}' -f -a ${verbOf(verb)} -d '${quoted(verb.summary)}'`
}

function fishFlag({ name, short, value, help }: Flag, command: Command): string {
  const condition = command.name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`)
  const spelled = `-l ${name}${short === undefined ? '' : ` -s ${short}`}${value === undefined ? '' : ' -r'}`
  return `complete -c sealward -n '${condition.join('; and ')}' ${spelled} -d '${quoted(help)}'`
}

function commandsOf(entry: Entry): readonly Command[] {
  return 'verbs' in entry ? entry.verbs : [entry]
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
