import type { Family } from '../family.ts'
import { marking, replacing, spell, Writers } from '../spelling.ts'
import { backslash, octal } from './backslash.ts'
import { besideOthers, escapeTildes } from './shell-neighbours.ts'

const NAMED = { '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\v': '\\v', '\u001b': '\\E' } as const
const ansiC = backslash({ marked: "'", code: octal, named: NAMED })
const META = '\\"\'|&;()<>[]?$` \t*'

const WRITERS = new Writers(() => [
  replacing({ "'": `'\\''` }), // bash and zsh under set -x, set, ${x@Q}
  replacing({ "'": `'"'"'` }), // dash's export -p, busybox, Python's shlex
  replacing({ "'": `'\\'''` }),
  replacing({ "'": `\\'` }), // fish
  replacing({ "'": `'\\''`, '!': `'\\!'` }), // git
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
    yield* besideOthers(text)
    for (const word of spell(text, WRITERS)) {
      yield word
      yield* escapeTildes(word)
      if (text.hasLines) {
        yield word.replace(LINE_ENDS, "'\n'")
        yield word.replace(LINE_ENDS, "$'\\n'")
      }
    }
  },
}

/** What is compared to in `[[ ... == "$secret" ]]`, as bash's `set -x` prints it: every character marked, lest it be a pattern. */
export const shellPattern: Family = {
  name: 'shell patterns',
  lines: 'all',
  longest: 4096,
  forms: ({ characters }) => [`\\${characters.join('\\')}`],
}

const LINE_ENDS = /\r\n|\r|\n/g
