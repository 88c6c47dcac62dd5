import type { Family } from '../family.ts'
import { marking, replacing, spell, Writers } from '../spelling.ts'
import { backslash, octal } from './backslash.ts'

const NAMED = { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\u001b': '\\E' } as const
const ansiC = backslash({ marked: "'", code: octal, named: NAMED })
const META = '\\"\'|&;()<>[]?$` \t*'

const WRITERS = new Writers(() => [
  replacing({ "'": `'\\''` }), // bash and zsh under set -x, set, ${x@Q}
  replacing({ "'": `'"'"'` }), // dash's export -p, busybox, Python's shlex
  replacing({ "'": `'\\'''` }),
  replacing({ "'": `\\'` }), // fish
  replacing({ "'": `'\\''`, '!': `'\\!'` }), // git
  (character) => (character < ' ' ? `'$'${ansiC(character)}''` : character === "'" ? `'\\''` : character), // GNU: ls, xargs -t
  marking("\\'"),
  ansiC, // $'...'
  backslash({ marked: "'", code: octal, named: NAMED, ascii: true }), // the same where the locale is C
  marking(`${META}!{}^,`), // printf %q of bash
  marking(`${META}!{}^,#~=`), // of zsh
  marking(`${META}!{}^~#=`),
  marking(`${META}#`),
  (character) => (RUBY_KEEPS.test(character) ? character : `\\${character}`),
  marking('"$`', '`'), // PowerShell
  marking('&|<>^()%!"', '^'), // cmd
  marking('&|<>^', '^'),
  replacing({ '"': '""' }),
  replacing({ '"': '\\"' }), // Windows' argument rules
])

/** Shellwords. */
const RUBY_KEEPS = /[_\-.,:+/@\n\r]/

/** As a word of a shell's command line: what `set -x`, `printf %q`, `${x@Q}`, `export -p` and their peers print. */
export const shell: Family = {
  name: 'shell',
  leaves: true,
  lines: 'written',
  sparesWords: true,
  *forms(text) {
    if (TILDE.test(text.plain)) yield behindColon(text.plain)
    for (const word of spell(text, WRITERS)) {
      yield word
      if (TILDE.test(word)) yield behindColon(word)
      if (text.hasLines) {
        yield word.replace(LINE_ENDS, "'\n'")
        yield word.replace(LINE_ENDS, "$'\\n'")
      }
    }
  },
}

/** `printf %q` of bash escapes a tilde where one would be expanded: behind `:` and `=`. */
const TILDE = /[:=]~/

function behindColon(word: string): string {
  return word.replace(/([:=])~/g, '$1\\~')
}

const LINE_ENDS = /\r\n|\r|\n/g
