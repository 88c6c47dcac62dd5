import { spawnSync } from 'node:child_process'
import type { Form } from '../form.ts'
import { isInstalled } from './run.ts'

interface Script {
  readonly name: string
  /** Prints "$v". */
  readonly script: string
  readonly needs?: string
  readonly shell?: string
  readonly around?: Form['around']
  /** Not for texts like these. */
  readonly except?: RegExp
}

/** `\c` ends what echo prints, and numbers may be any byte. */
const NO_TEXT = /\\[c0-9xuU]/

const SCRIPTS: readonly Script[] = [
  { name: 'bash: set -x, an argument', script: '( set -x; : "$v" ) 2>&1' },
  { name: 'bash: set -x, an assignment', script: '( set -x; w=$v ) 2>&1' },
  { name: 'bash: set -x, an argument with more', script: '( set -x; : --header="X-Auth: $v" ) 2>&1' },
  { name: 'bash: set -x, [[ ]]', script: '( set -x; [[ $v == "" ]] ) 2>&1' },
  { name: 'bash: set -x, [[ ]] with a pattern', script: '( set -x; [[ a == "$v" ]] ) 2>&1' },
  { name: 'bash: set -x, [[ ]] with a regular expression', script: '( set -x; [[ a =~ "$v" ]] ) 2>&1' },
  { name: 'bash: printf %q', script: 'printf %q "$v"' },
  { name: 'bash: ${v@Q}', script: 'printf %s "${v@Q}"' },
  { name: 'bash: ${v@A}', script: 'printf %s "${v@A}"' },
  { name: 'bash: declare -p', script: 'declare -p v' },
  { name: 'bash: declare -p, array', script: 'a=("$v"); declare -p a' },
  { name: 'bash: export -p', script: 'env -i v="$v" bash -c "export -p" | sed "/^declare -x [^v]/d"' },
  { name: 'bash: set', script: 'env -i v="$v" bash -c set | sed -n "/^v=/,\\$p" | sed "/^_=/d"' },
  { name: 'bash: ${v^^}', script: 'printf %s "${v^^}"' },
  { name: 'bash: ${v,,}', script: 'printf %s "${v,,}"' },
  { name: 'bash: C locale, set -x', script: 'LC_ALL=C bash -c "set -x; : \\"\\$1\\"" _ "$v" 2>&1' },
  { name: 'dash: set -x', shell: 'dash', script: '( set -x; : "$v" ) 2>&1' },
  { name: 'dash: export -p', shell: 'dash', script: 'env -i v="$v" dash -c "export -p"' },
  { name: 'dash: set', shell: 'dash', script: 'env -i v="$v" dash -c set | sed -n "/^v=/,\\$p"' },
  { name: 'bash: printf %b', script: 'printf %b "$v"', except: NO_TEXT },
  { name: 'bash: echo -e', script: 'echo -e "$v"', except: NO_TEXT },
  { name: 'dash: echo', shell: 'dash', script: 'echo "$v"', except: NO_TEXT },
  { name: 'coreutils: printf %q', script: 'env printf %q "$v"' },
  { name: 'env', script: 'env -i v="$v" env' },
  { name: 'xargs -t', script: 'printf \'%s\\0\' "$v" | xargs -0 -t true 2>&1' },
  { name: 'tr a-z A-Z', script: 'printf %s "$v" | tr a-z A-Z' },
  { name: 'rev', script: 'printf %s "$v" | rev', needs: 'rev' },
  { name: 'cat -v', script: 'printf %s "$v" | cat -v' },
  { name: 'cat -A', script: 'printf %s "$v" | cat -A' },
  { name: 'sed -n l', script: 'printf %s "$v" | sed -n "l 0"' },
  { name: 'base64', script: 'printf %s "$v" | base64' },
  { name: 'base64 -w 0', script: 'printf %s "$v" | base64 -w 0' },
  { name: 'base64 -w 60', script: 'printf %s "$v" | base64 -w 60' },
  { name: 'base64 -w 100', script: 'printf %s "$v" | base64 -w 100' },
  { name: 'echo | base64', script: 'echo "$v" | base64' },
  { name: 'base64 -w 0 | base64 -w 0', script: 'echo "$v" | base64 -w 0 | base64 -w 0' },
  { name: 'echo | base64 | base64', script: 'echo "$v" | base64 | base64', around: 'nothing' },
  { name: 'base32', script: 'printf %s "$v" | base32 -w 0' },
  { name: 'openssl base64', script: 'printf %s "$v" | openssl base64', needs: 'openssl' },
  { name: 'openssl base64 -A', script: 'printf %s "$v" | openssl base64 -A', needs: 'openssl' },
  {
    name: 'openssl enc',
    script: 'printf %s "$v" | openssl enc -aes-256-cbc -pass pass:x -pbkdf2 -iter 1 -a',
    needs: 'openssl',
    around: 'nothing',
  },
  { name: 'gzip, base64', script: 'printf %s "$v" | gzip -n | base64 -w 0', around: 'nothing' },
  { name: 'xxd -p', script: 'printf %s "$v" | xxd -p', needs: 'xxd' },
  { name: 'xxd, hex columns', script: 'printf %s "$v" | xxd | cut -c 11-49', needs: 'xxd', around: 'after' },
  { name: 'xxd, text column', script: 'printf %s "$v" | xxd | cut -c 52-', needs: 'xxd', around: 'after' },
  { name: 'od -An -tx1', script: 'printf %s "$v" | od -An -v -tx1', around: 'after' },
  {
    name: 'hexdump -C, hex columns',
    script: 'printf %s "$v" | hexdump -v -C | cut -c 11-58',
    needs: 'hexdump',
    around: 'after',
  },
  { name: 'fold -w 20', script: 'printf %s "$v" | fold -w 20' },
  { name: 'sed s/./& /g', script: 'printf %s "$v" | sed "s/./& /g"', except: /\n/ },
  { name: 'git config', script: 'f=$(mktemp); git config -f "$f" a.b "$v"; cat "$f"; rm "$f"', needs: 'git' },
  { name: 'git rev-parse --sq-quote', script: 'git rev-parse --sq-quote "$v"', needs: 'git' },
]

/** What shells and the small programs around them print. Only what is installed. */
export function shell(): Form[] {
  return SCRIPTS.filter(
    ({ needs, shell: program = 'bash' }) => isInstalled(program) && (needs === undefined || isInstalled(needs)),
  ).map(({ name, script, around = 'anything', shell: program = 'bash', except }) => ({
    name,
    around,
    print: (texts) => {
      const suited = texts.filter((text) => except?.test(text) !== true)
      const printed = run(program, script, suited)
      return texts.map((text) => printed[suited.indexOf(text)] ?? null)
    },
  }))
}

/** One process for all texts; what each prints ends with a NUL. */
function run(program: string, script: string, texts: readonly string[]): string[] {
  const loop = `for v in "$@"; do { ${script}\n} ; printf '\\0'; done`
  const { stdout } = spawnSync(program, ['-c', loop, '_', ...texts], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' },
  })
  const printed = stdout.split('\0').slice(0, -1)
  if (printed.length !== texts.length) throw new Error(`${program}: ${printed.length} answers to ${texts.length} texts`)
  return printed
}
