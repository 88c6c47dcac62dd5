import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openEditor } from '../../../src/adapters/editor/editor.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'

/** An environment whose memory-backed folder is one that the test can look into. */
function desk() {
  const runtime = temporaryFolder()
  const seen = join(temporaryFolder(), 'seen')
  return {
    runtime,
    /** The path that the editor was given; `script` sees it as $1 and has to write it down. */
    seen: () => readFileSync(seen, 'utf8'),
    /** An $EDITOR that runs a shell script. */
    env: (script: string) => ({
      ...process.env,
      XDG_RUNTIME_DIR: runtime,
      VISUAL: '',
      EDITOR: `f() { printf %s "$1" > '${seen}'; ${script}; }; f`,
    }),
  }
}

describe.runIf(process.platform !== 'win32')('the editor', () => {
  it('gets the text in a file and gives back what it leaves there', async () => {
    const { env } = desk()
    const edited = await openEditor(env('cat "$1" "$1" > "$1.new" && mv "$1.new" "$1"')).edit('A=é\n')
    expect(edited).toBe('A=é\nA=é\n')
  })

  it('is $VISUAL, else $EDITOR, else vi, and may have flags, quotes and a path with blanks', async () => {
    const { runtime } = desk()
    const bin = join(temporaryFolder(), 'a b')
    mkdirSync(bin)
    for (const name of ['one', 'two', 'vi']) {
      writeFileSync(join(bin, name), `#!/bin/sh\nfor path in "$@"; do :; done\nprintf '%s' '${name} ' "$1" > "$path"\n`)
      chmodSync(join(bin, name), 0o755)
    }
    const env = { PATH: `${bin}:${process.env.PATH}`, XDG_RUNTIME_DIR: runtime }
    const edit = (editors: Record<string, string>) => openEditor({ ...env, ...editors }).edit('')
    expect(await edit({ VISUAL: `'${bin}/one' --flag`, EDITOR: 'two' })).toBe('one --flag')
    expect(await edit({ VISUAL: '', EDITOR: `two "a  b"` })).toBe('two a  b')
    expect(await edit({ EDITOR: '' })).toMatch(/^vi \//)
  })

  it.each(['0000', '0022', '0077'])(
    'works on a file of mode 0600 in a folder of mode 0700, under the umask %s',
    async (umask) => {
      const { env } = desk()
      const before = process.umask(Number.parseInt(umask, 8))
      try {
        const script = 'ls -ld "${1%/*}" "$1" | cut -c 1-10 > "$1.modes" && cat "$1.modes" > "$1"'
        expect(await openEditor(env(script)).edit('A=1\n')).toBe('drwx------\n-rw-------\n')
      } finally {
        process.umask(before)
      }
    },
  )

  it.runIf(process.platform === 'linux')(
    'works in memory, in the folder of the session or else in /dev/shm',
    async () => {
      const { env, runtime, seen } = desk()
      await openEditor(env(':')).edit('')
      expect([dirname(dirname(seen())), basename(seen())]).toEqual([runtime, '.env'])
      for (const missing of ['', '/no/such/folder']) {
        await openEditor({ ...env(':'), XDG_RUNTIME_DIR: missing }).edit('')
        expect(dirname(dirname(seen()))).toBe('/dev/shm')
      }
    },
  )

  it.each([
    ['saves', ':'],
    ['leaves other files beside it', 'echo x > "$1.swp"; mkdir "$1.d"; echo x > "$1.d/undo"'],
    ['fails', 'exit 7'],
    ['is killed', 'kill -KILL $$'],
    ['removes the file', 'rm "$1"'],
    ['makes a folder of the file', 'rm "$1"; mkdir "$1"'],
    ['saves what is no text', 'printf "\\377" > "$1"'],
  ])('leaves nothing behind when it %s', async (_, script) => {
    const { env, runtime } = desk()
    await openEditor(env(script))
      .edit('A=1\n')
      .catch(() => undefined)
    expect(readdirSync(runtime)).toEqual([])
  })

  it.each([
    ['fails', 'exit 7', 'editor', 'the editor ended with status 7'],
    ['is killed', 'kill -KILL $$', 'editor', 'the editor ended with SIGKILL'],
    ['is nowhere', 'no-such-editor 2>/dev/null', 'editor', 'the editor ended with status 127'],
    ['removes the file', 'rm "$1"', 'editor', 'the editor removed the file'],
    [
      'saves another encoding',
      'printf "A=\\344" > "$1"',
      'not-representable',
      'the editor saved text that is not UTF-8',
    ],
    ['saves 9 MiB', 'head -c 9437184 /dev/zero > "$1"', 'limit', 'the edited text is larger than 8388608 bytes'],
  ])('is an error by its code when it %s', async (_, script, code, message) => {
    const error = await refusal(() => openEditor(desk().env(script)).edit('A=1\n'))
    expect([error.code, error.message]).toEqual([code, message])
    expect(error.hint).toMatch(/^nothing was changed/)
  })

  it('keeps a byte order mark: the reader of a .env knows what to do with it', async () => {
    expect(await openEditor(desk().env(`printf '\\357\\273\\277A=1' > "$1"`)).edit('')).toBe('\u{feff}A=1')
  })

  it('leaves no listener behind', async () => {
    const count = () => ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'exit'].map((event) => process.listenerCount(event))
    const before = count()
    await openEditor(desk().env(':')).edit('')
    await openEditor(desk().env('exit 1'))
      .edit('')
      .catch(() => undefined)
    expect(count()).toEqual(before)
  })
})
