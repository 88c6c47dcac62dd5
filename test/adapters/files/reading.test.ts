import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFiles } from '../../../src/adapters/files/files.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { refusal } from '../../support/sealing.ts'
import { runInChild } from './child.ts'

const posix = process.platform !== 'win32'
const files = openFiles()

describe('reading a file', () => {
  it.each([0, 1, 4095, 4096, 4097, 100_000])('gives all of its %i bytes', async (size) => {
    const path = join(temporaryFolder(), 'a')
    const content = Buffer.alloc(size, 'x')
    writeFileSync(path, content)
    expect(Buffer.from((await files.read(path, 100_000))!).equals(content)).toBe(true)
  })

  it('gives null where there is none, and where one of its folders is a file', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'file'), '')
    expect(await files.read(join(folder, 'missing'), 10)).toBeNull()
    expect(await files.read(join(folder, 'file', 'below'), 10)).toBeNull()
  })

  it('takes exactly the bound and refuses one byte more, by name', async () => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(path, 'x'.repeat(5000))
    expect(await files.read(path, 5000)).toHaveLength(5000)
    const { code, file, message } = await refusal(() => files.read(path, 4999))
    expect([code, file, message]).toEqual(['limit', path, 'larger than 4999 bytes'])
  })

  it('refuses a folder as what cannot be read', async () => {
    const path = temporaryFolder()
    const { code, file, message } = await refusal(() => files.read(path, 10))
    expect([code, file]).toEqual(['io', path])
    expect(message).toMatch(/^cannot be read \(E[A-Z]+\)$/)
  })

  it.runIf(posix)('follows a link: whoever named it meant what it leads to', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a'), 'content')
    symlinkSync('a', join(folder, 'link'))
    expect(Buffer.from((await files.read(join(folder, 'link'), 10))!).toString()).toBe('content')
  })

  it.runIf(posix)('refuses what the user may not read, and does not take it for missing', () => {
    const path = join(temporaryFolder(), 'a')
    writeFileSync(path, 'x', { mode: 0o000 })
    const { error } = runInChild({ call: 'read', path, ordinaryUser: true })
    expect(error).toEqual({ code: 'io', message: 'cannot be read (EACCES)' })
  })
})

describe.runIf(posix)('reading a pipe', () => {
  it('gives all that is written to it, in however many pieces', async () => {
    const path = makePipe()
    const writer = spawn('sh', [
      '-c',
      'exec > "$1"; printf one; sleep 0.05; printf two; head -c 70000 /dev/zero',
      '-',
      path,
    ])
    const bytes = Buffer.from((await files.read(path, 100_000))!)
    writer.kill()
    expect([bytes.length, bytes.subarray(0, 6).toString()]).toEqual([70_006, 'onetwo'])
  })

  it('ends at the bound, however much more would come', async () => {
    const path = makePipe()
    const writer = spawn('sh', ['-c', 'exec cat /dev/zero > "$1" 2>/dev/null', '-', path])
    expect((await refusal(() => files.read(path, 1000))).code).toBe('limit')
    writer.kill()
  })

  it('ends at the bound of a device without end', async () => {
    expect((await refusal(() => files.read('/dev/zero', 100_000))).code).toBe('limit')
  })
})

describe.runIf(posix)('what belongs to Sealward', () => {
  const linked = (name: string, outside = temporaryFolder()) => {
    const top = temporaryFolder()
    mkdirSync(dirname(join(top, name)), { recursive: true })
    symlinkSync(outside, join(top, name))
    return join(top, name)
  }

  it.each(['.sealward/ledger.jsonl', 'sealward.yml', '.sops.yaml'])(
    'is never a pipe, which would keep one waiting: %s',
    async (name) => {
      const folder = temporaryFolder()
      mkdirSync(join(folder, '.sealward'))
      const path = makePipe(join(folder, name))
      expect(await refusal(() => files.read(path, 10))).toMatchObject({ code: 'io', file: path })
    },
  )

  it.each(['.sealward', '.sealward/to-do', '.sealward/a/b'])('is not behind a link at %s', async (name) => {
    const outside = temporaryFolder()
    const folder = linked(name, outside)
    const path = join(folder, 'new', 'file')
    writeFileSync(join(outside, 'there'), 'text of somebody else')
    for (const work of [
      () => files.read(join(folder, 'there'), 100),
      () => files.write(path, Buffer.from('x'), { folders: true }),
      () => files.locked(join(folder, 'there'), async () => undefined),
    ])
      expect(await refusal(work)).toMatchObject({
        code: 'io',
        file: folder,
        message: expect.stringMatching(/^is a symbolic link/),
      })
    expect(readdirSync(outside)).toEqual(['there'])
  })

  it('may be in a folder that is reached by a link', async () => {
    const top = linked('repository')
    await files.write(join(top, '.sealward', 'file'), Buffer.from('x'), { folders: true })
    expect(Buffer.from((await files.read(join(top, '.sealward', 'file'), 10))!).toString()).toBe('x')
  })
})

function makePipe(path = join(temporaryFolder(), 'pipe')): string {
  execFileSync('mkfifo', [path])
  return path
}
