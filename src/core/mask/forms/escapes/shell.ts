import type { Family } from '../family.ts'
import { backslash, octal } from './backslash.ts'

/** The characters that writers of single words put a backslash before. */
const MARKED = {
  bash: /[\\"'|&;()<>!{}*[\]?^$` \t,]/g, // printf %q
  zsh: /[\\"'|&;()<>!{}*[\]?^$` \t,#~=]/g, // ${(q)...}
  ruby: /[^A-Za-z0-9_\-.,:+/@\n\r]/g, // Shellwords
  ksh: /[\\"'|&;()<>*[\]?$` \t#~={}!]/g,
  make: /[\\"'|&;()<>*[\]?$` \t#]/g,
} as const

/** As a word of a shell's command line: what `set -x`, `printf %q`, `${x@Q}`, `export -p` and their peers print. */
export const shell: Family = {
  name: 'shell',
  leaves: true,
  lines: true,
  *forms(text) {
    yield text.replaceAll("'", `'\\''`) // bash and zsh under set -x, set, ${x@Q}
    yield text.replaceAll("'", `'"'"'`) // dash's export -p, busybox, Python's shlex
    yield text.replaceAll("'", `'\\'''`) // the same with an empty word behind, before another quote
    yield text.replaceAll("'", `\\'`)
    yield ansiC(text, "'")
    yield ansiC(text, '\'"?')
    for (const marked of Object.values(MARKED)) {
      const word = text.replace(marked, '\\$&')
      yield word
      yield word.replace(/\r\n|\r|\n/g, "'\n'")
      yield word.replace(/\r\n|\r|\n/g, "$'\\n'")
    }
    yield text.replace(/["$`]/g, '`$&') // PowerShell
    yield text.replace(/[&|<>^()%!"]/g, '^$&') // cmd
    yield text.replace(/[&|<>^]/g, '^$&')
    yield text.replaceAll('"', '""') // cmd, PowerShell
    yield text.replace(/(\\*)"/g, '$1$1\\"') // Windows' argument rules
  },
}

/** `$'...'`: bash prints a word so when it holds a control character. */
function ansiC(text: string, marked: string): string {
  const code = (character: string) => LETTERS[character] ?? octal(character)
  return backslash(text, { marked, code })
}

const LETTERS: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\u001b': '\\E',
}
