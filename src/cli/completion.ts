import { type Command, type Flag, type Group, HELP, verbOf } from './command.ts'

export type Shell = 'bash' | 'zsh' | 'fish'

type Entry = Command | Group

/** Completion scripts, made from the commands' own definitions. */
export const COMPLETIONS: Readonly<Record<Shell, (entries: readonly Entry[]) => string>> = { bash, zsh, fish }

export function isShell(word: string): word is Shell {
  return Object.hasOwn(COMPLETIONS, word)
}

function bash(entries: readonly Entry[]): string {
  const names = entries.map(({ name }) => name).join(' ')
  const seconds = groupsOf(entries).map(
    ({ name, verbs }) => `      ${name}) words='${verbs.map(verbOf).join(' ')} --help' ;;`,
  )
  const cases = entries
    .flatMap(commandsOf)
    .map((command) => `    ${patternOf(command)}) words='${flagsOf(command).flatMap(spellings).join(' ')}' ;;`)
  return `# bash completion for sealward
_sealward() {
  local words='' current=\${COMP_WORDS[COMP_CWORD]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    words='${names} help --help --version'
  elif [ "$COMP_CWORD" -eq 2 ]; then
    case \${COMP_WORDS[1]} in
      help) words='${names}' ;;
${seconds.join('\n')}
    esac
  fi
  if [ -n "$words" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    return
  fi
  case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
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

/** What the first two words are. */
function patternOf({ name }: Command): string {
  return name.includes(' ') ? `'${name}'` : `'${name} '*`
}

function zsh(entries: readonly Entry[]): string {
  const groups = groupsOf(entries)
  const cases = entries.flatMap(commandsOf).map((command) => {
    const specs = flagsOf(command).flatMap((flag) => spellings(flag).map((spelling) => zshSpec(flag, spelling)))
    const past = command.name.includes(' ') ? 'shift words; (( CURRENT-- )); ' : ''
    return `    ${patternOf(command)}) ${past}_arguments ${[...specs, "'*:file:_files'"].join(' ')} ;;`
  })
  return `#compdef sealward
_sealward() {
${[zshList('commands', entries), ...groups.map(({ name, verbs }) => zshList(`${name}_verbs`, verbs))].join('\n')}
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  if (( CURRENT == 3 )); then
    case \${words[2]} in
      help) _describe command commands; return ;;
${groups.map(({ name }) => `      ${name}) _describe command ${name}_verbs; return ;;`).join('\n')}
    esac
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
  const groups = groupsOf(entries)
  const lines = entries.flatMap((entry) => [
    `complete -c sealward -n __fish_use_subcommand -f -a ${entry.name} -d '${quoted(entry.summary)}'`,
    ...('verbs' in entry ? entry.verbs.map((verb) => fishVerb(verb, entry)) : []),
    ...commandsOf(entry).flatMap((command) => {
      const condition = fishCondition(command, groups)
      return flagsOf(command).map((flag) => fishFlag(flag, condition))
    }),
  ])
  return `# fish completion for sealward\n${lines.join('\n')}\n`
}

function fishVerb(verb: Command, { name, verbs }: Group): string {
  const condition = `${fishSeen(name)}; and not ${fishSeen(verbs.map(verbOf).join(' '))}`
  return `complete -c sealward -n '${condition}' -f -a ${verbOf(verb)} -d '${quoted(verb.summary)}'`
}

/** Some commands are called as others' verbs are. */
function fishCondition({ name }: Command, groups: readonly Group[]): string {
  const [first, verb] = name.split(' ')
  return verb === undefined
    ? `${fishSeen(first!)}; and not ${fishSeen(groups.map((group) => group.name).join(' '))}`
    : `${fishSeen(first!)}; and ${fishSeen(verb)}`
}

function fishSeen(words: string): string {
  return `__fish_seen_subcommand_from ${words}`
}

function fishFlag({ name, short, value, help }: Flag, condition: string): string {
  const spelled = `-l ${name}${short === undefined ? '' : ` -s ${short}`}${value === undefined ? '' : ' -r'}`
  return `complete -c sealward -n '${condition}' ${spelled} -d '${quoted(help)}'`
}

function groupsOf(entries: readonly Entry[]): readonly Group[] {
  return entries.filter((entry) => 'verbs' in entry)
}

function commandsOf(entry: Entry): readonly Command[] {
  return 'verbs' in entry ? entry.verbs : [entry]
}

function flagsOf(command: Command): readonly Flag[] {
  return [...command.flags, HELP]
}

function spellings({ name, short }: Flag): string[] {
  return short === undefined ? [`--${name}`] : [`-${short}`, `--${name}`]
}

function quoted(text: string): string {
  return text.replaceAll("'", '’')
}
