import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type KeySearch, keyPlaces } from '../../../src/adapters/keys/places.ts'
import { generateIdentity } from '../../../src/core/age/identity.ts'

const root = mkdtempSync(join(tmpdir(), 'sealward-keys-'))
const key = (await generateIdentity('x25519')).secret.reveal()
let home = root
let count = 0

beforeEach(() => {
  home = join(root, String(count++))
  mkdirSync(home)
})
afterAll(() => rmSync(root, { recursive: true }))

describe('the places of keys', () => {
  it('are looked at in this order', () => {
    expect(namesOf({})).toEqual([
      'SEALWARD_KEY',
      'SEALWARD_KEY_FILE',
      'SECRETS_MASTER_KEY',
      'SOPS_AGE_KEY',
      'SOPS_AGE_KEY_FILE',
      'SOPS_AGE_KEY_CMD',
      '~/.config/sealward/keys.txt',
      '~/.config/sops/age/keys.txt',
    ])
  })

  it('are the files of -i alone, in their order, when there are any', () => {
    expect(namesOf({ env: { SEALWARD_KEY: key }, identityFiles: ['b', 'a', '-'] })).toEqual(['-i b', '-i a', '-i -'])
    expect(namesOf({ identityFiles: [] })).toHaveLength(8)
  })

  it('are named by their whole path outside the home folder', () => {
    expect(namesOf({ env: { XDG_CONFIG_HOME: '/xdg' } }).slice(6)).toEqual([
      '/xdg/sealward/keys.txt',
      '/xdg/sops/age/keys.txt',
    ])
    expect(namesOf({ env: { XDG_CONFIG_HOME: `${home}2` } })[6]).toBe(`${home}2/sealward/keys.txt`)
  })

  it('hold nothing when nothing is set, when a variable is blank and when no file is there', async () => {
    const env = { SEALWARD_KEY: '', SECRETS_MASTER_KEY: ' \n', SOPS_AGE_KEY_FILE: '', SOPS_AGE_KEY_CMD: '' }
    expect(await readAll({ env })).toEqual(new Array(8).fill(null))
  })

  it('hold nothing when a file stands where a folder of theirs belongs', async () => {
    writeFileSync(join(home, '.config'), '')
    expect(await readAll({})).toEqual(new Array(8).fill(null))
  })

  it.each(['SEALWARD_KEY', 'SECRETS_MASTER_KEY', 'SOPS_AGE_KEY'])('may be the variable %s', async (name) => {
    expect(await read(name, { env: { [name]: key } })).toEqual({ text: key })
  })

  it.each(['SEALWARD_KEY_FILE', 'SOPS_AGE_KEY_FILE'])('may be the file that %s names', async (name) => {
    expect(await read(name, { env: { [name]: file('k.txt', key) } })).toEqual({ text: key })
    const missing = { text: '', warning: 'it cannot be read: no such file' }
    expect(await read(name, { env: { [name]: join(home, 'none') } })).toEqual(missing)
  })

  it('may be what SOPS_AGE_KEY_CMD prints', async () => {
    const env = { SOPS_AGE_KEY_CMD: `'${process.execPath}' -p process.env.K`, K: key }
    expect(await read('SOPS_AGE_KEY_CMD', { env })).toEqual({ text: `${key}\n` })
  })

  it('may be the usual files', async () => {
    file('.config/sealward/keys.txt', key)
    file('.config/sops/age/keys.txt', `${key}\n`)
    expect(await readAll({})).toEqual([null, null, null, null, null, null, { text: key }, { text: `${key}\n` }])
  })

  it('never run the command, nor read a file, before they are asked', () => {
    expect(keyPlaces(search({ env: { SOPS_AGE_KEY_CMD: 'false' }, identityFiles: ['/none'] })).places()).toHaveLength(1)
  })

  it('never show a key that was put where a path belongs', async () => {
    for (const name of ['SEALWARD_KEY_FILE', 'SOPS_AGE_KEY_FILE'])
      expect(await read(name, { env: { [name]: key } })).toEqual({
        text: '',
        warning: 'it holds a key where the path of a file belongs',
      })
    expect(() => keyPlaces(search({ identityFiles: [key] }))).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.not.stringContaining(key.slice(20, 30)) }),
    )
  })
})

describe('a key file', () => {
  it('of -i that is missing, a folder or too large is an error', async () => {
    mkdirSync(join(home, 'folder'))
    const cases = [
      [join(home, 'none'), { code: 'not-found', file: join(home, 'none') }],
      [join(home, 'folder'), { code: 'io' }],
      [file('large', '#'.repeat(1024 * 1024 + 1)), { code: 'limit' }],
      ['nul\0', { code: 'io' }],
    ] as const
    for (const [path, error] of cases)
      await expect(read(`-i ${path}`, { identityFiles: [path] })).rejects.toMatchObject(error)
  })

  it('of one MiB is read whole', async () => {
    const text = '#'.repeat(1024 * 1024)
    expect(await read(`-i ${home}/f`, { identityFiles: [file('f', text)] })).toEqual({ text })
  })

  it.skipIf(process.platform === 'win32')('that others may read comes with a warning', async () => {
    const path = file('.config/sealward/keys.txt', key)
    for (const mode of [0o640, 0o604, 0o644, 0o660]) {
      chmodSync(path, mode)
      const warning = 'others than its owner may read it: chmod 600'
      expect((await readAll({}))[6]).toEqual({ text: key, warning })
    }
    for (const mode of [0o600, 0o400, 0o700]) {
      chmodSync(path, mode)
      expect((await readAll({}))[6]).toEqual({ text: key })
    }
  })

  it.skipIf(process.platform === 'win32')('that is a pipe is read to its end, without a warning', async () => {
    const pipe = join(home, 'pipe')
    execFileSync('sh', ['-c', `mkfifo -m 644 '${pipe}'`])
    const writer = spawn('sh', ['-c', `printf one > '${pipe}'`])
    const text = read(`-i ${pipe}`, { identityFiles: [pipe] })
    writer.unref()
    expect(await text).toEqual({ text: 'one' })
  })

  it.skipIf(process.platform === 'win32')('without permission is skipped with a warning', async () => {
    chmodSync(file('.config/sops/age/keys.txt', key), 0)
    const denied = { text: '', warning: 'it cannot be read: permission denied' }
    expect(await asUser(() => readAll({}))).toContainEqual(denied)
  })

  it('that is a folder in a usual place is skipped with a warning', async () => {
    mkdirSync(join(home, '.config/sops/age/keys.txt'), { recursive: true })
    expect((await readAll({}))[7]).toEqual({ text: '', warning: 'it cannot be read: it is a folder' })
  })

  it('may be in UTF-16, as Windows PowerShell redirects it', async () => {
    const utf16 = Buffer.from(`\uFEFF${key}\r\n`, 'utf16le')
    expect(await read('SEALWARD_KEY_FILE', { env: { SEALWARD_KEY_FILE: file('k', utf16) } })).toEqual({
      text: `\uFEFF${key}\r\n`,
    })
  })

  it('may be standard input, to its bound', () => {
    const script = `
      import { keyPlaces } from ${JSON.stringify(join(import.meta.dirname, '../../../src/adapters/keys/places.ts'))}
      const [place] = keyPlaces({ env: {}, platform: process.platform, home: '/', identityFiles: ['-'] }).places()
      console.log(await place.read().then(({ text }) => text.length, ({ code }) => code))`
    const run = (input: string) =>
      execFileSync(process.execPath, ['--input-type=module', '-e', script], { input, encoding: 'utf8' }).trim()
    expect(run(key)).toBe(String(key.length))
    expect(run('')).toBe('0')
    expect(run('#'.repeat(1024 * 1024 + 1))).toBe('limit')
  })
})

/** Root may read everything, so as root the work is done as somebody else. */
async function asUser<T>(work: () => Promise<T>): Promise<T> {
  const root = process.getuid?.() === 0
  if (root) process.seteuid?.(65_534)
  try {
    return await work()
  } finally {
    if (root) process.seteuid?.(0)
  }
}

function search(given: Partial<KeySearch>): KeySearch {
  return { env: {}, platform: 'linux', home, ...given }
}

function namesOf(given: Partial<KeySearch>): string[] {
  return keyPlaces(search(given))
    .places()
    .map(({ name }) => name)
}

function read(name: string, given: Partial<KeySearch>) {
  return keyPlaces(search(given))
    .places()
    .find((place) => place.name === name)!
    .read()
}

function readAll(given: Partial<KeySearch>) {
  return Promise.all(
    keyPlaces(search(given))
      .places()
      .map((place) => place.read()),
  )
}

function file(name: string, content: string | Buffer): string {
  const path = join(home, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode: 0o600 })
  return path
}
