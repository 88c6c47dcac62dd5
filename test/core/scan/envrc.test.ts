import { describe, expect, it } from 'vitest'
import { literalAssignments } from '../../../src/core/scan/rules/envrc.ts'

const values = (script: string) => literalAssignments(script).map(({ value }) => value)

describe('a value written out in a .envrc', () => {
  it.each([
    ['export KEY=v1', ['v1']],
    ['KEY=v1', ['v1']],
    ['  export   KEY="v 1"', ['v 1']],
    ["export KEY='v $1'", ['v $1']],
    ['export A=v1 B=v2', ['v1', 'v2']],
    ['export A=v1; export B=v2', ['v1', 'v2']],
    ['declare -x KEY=v1', ['v1']],
    ['[ -z "$A" ] && export KEY=v1', ['v1']],
    ['env KEY=v1 command', ['v1']],
    ['export KEY=a\\ b', ['a b']],
    ['export KEY="say \\"v1\\""', ['say "v1"']],
    ['export KEY=${KEY:-v1}', ['v1']],
    ['export KEY="${KEY-v1}"', ['v1']],
    ['export URL=postgres://user:v1@$HOST/db', ['postgres://user:v1@/db']],
    ['export KEY="v1', ['v1']],
    ["export KEY='v1", ['v1']],
    ['export KEY=v1 # why', ['v1']],
    ['export KEY=v1#2', ['v1#2']],
    ["export KEY=$'v1'", ['$v1']],
    ['PATH_add bin\n\nexport KEY=v1', ['v1']],
  ])('is found in %j', (script, expected) => {
    expect(values(script)).toEqual(expected)
  })

  it.each([
    'use flake',
    'PATH_add bin',
    'layout python3',
    'dotenv_if_exists .env.local',
    '# export KEY=v1',
    'use nix # KEY=v1',
    'export KEY=$OTHER',
    'export KEY="${OTHER}"',
    'export KEY=${OTHER:+}',
    'export KEY=${OTHER##*/}',
    'export KEY=$(op read "op://vault/item/KEY=v1")',
    'export KEY="$(cat "$(which x)")"',
    'export KEY=`pass show key`',
    'export PATH=$PWD/bin:$PATH',
    'export HOME_BIN=~/bin',
    'export GOPATH="$PWD/.go"',
    'export CACHE=./node_modules/.cache',
    'export EMPTY=',
    'export EMPTY=""',
    'if [ "$A" = v1 ]; then',
    'source_url "https://example.com/x" "sha256-v1"',
  ])('is not in %j', (script) => {
    expect(values(script).filter((value) => value !== '')).toEqual([])
  })

  it('is told with its line', () => {
    expect(literalAssignments('use nix\n\nexport KEY=v1\n')).toEqual([{ value: 'v1', line: 3 }])
  })

  it.each(['$(', '${A', '`', '"', "'", '\\', ' A=', '${A[', ';A=$'])('is looked for in linear time: %j', (piece) => {
    const time = (size: number) => {
      const script = `export KEY=${piece.repeat(size)}`
      const start = performance.now()
      literalAssignments(script)
      return performance.now() - start
    }
    time(1000)
    expect(time(200_000)).toBeLessThan(2000)
  })
})
