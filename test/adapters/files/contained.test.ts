import { spawn } from 'node:child_process'
import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openJobFiles } from '../../../src/adapters/files/contained.ts'
import { type Hold, holdByPath, holdFolder } from '../../../src/adapters/files/held-folder.ts'

const SECRET = Buffer.from('KEY=value\n')

/** A temporary folder, a workspace, and a place outside of both. */
async function makeJob(hold: Hold = holdFolder) {
  const top = await realpath(await mkdtemp(join(tmpdir(), 'contained-')))
  onTestFinished(() => rm(top, { recursive: true, force: true }))
  const [temp, workspace, outside] = ['temp', 'work', 'outside'].map((name) => join(top, name)) as [
    string,
    string,
    string,
  ]
  for (const folder of [temp, workspace, outside]) await mkdir(folder)
  return { top, temp, workspace, outside, files: openJobFiles({ roots: [temp, workspace], cwd: workspace, hold }) }
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => error,
  )

describe.each([
  ['as this system can', holdFolder],
  ['by path', holdByPath],
] as const)('folders held %s', (_, hold) => {
  it('get a file of the user alone, in either root', async () => {
    const { temp, workspace, files } = await makeJob(hold)
    await mkdir(join(workspace, 'a/b'), { recursive: true })
    for (const path of ['x.env', 'a/b/x.env', join(temp, 'x.env')]) {
      await files.write(path, SECRET)
      const place = await files.locate(path)
      expect(await readFile(place)).toEqual(SECRET)
      expect((await stat(place)).mode & 0o777).toBe(0o600)
    }
    expect(await readdir(workspace)).toEqual(['a', 'x.env'])
    expect(await readdir(temp)).toEqual(['x.env'])
  })

  it('have regular files replaced, their wide mode and other names left behind', async () => {
    const { workspace, outside, files } = await makeJob(hold)
    await writeFile(join(outside, 'shared'), 'before', { mode: 0o644 })
    await link(join(outside, 'shared'), join(workspace, 'x.env'))
    await files.write('x.env', SECRET)
    expect((await stat(join(workspace, 'x.env'))).mode & 0o777).toBe(0o600)
    expect(await readFile(join(outside, 'shared'), 'utf8')).toBe('before')
  })

  it('never have an encrypted file replaced', async () => {
    const { workspace, files } = await makeJob(hold)
    const encrypted = 'KEY=ENC[AES256_GCM,data:x]\nsops_mac=x\n'
    await writeFile(join(workspace, '.env.encrypted'), encrypted)
    expect(await failure(files.write('.env.encrypted', SECRET))).toMatchObject({
      code: 'exists',
      file: '.env.encrypted',
    })
    expect(await readFile(join(workspace, '.env.encrypted'), 'utf8')).toBe(encrypted)
  })

  it.each(['file/x.env', 'link', 'dangling', 'folder/x.env', 'deep/link/x.env', 'up/x.env'])(
    'are not left through %s',
    async (path) => {
      const { workspace, outside, files } = await makeJob(hold)
      await writeFile(join(outside, 'x.env'), 'theirs')
      await writeFile(join(workspace, 'file'), '')
      await symlink(join(outside, 'x.env'), join(workspace, 'link'))
      await symlink(join(outside, 'none'), join(workspace, 'dangling'))
      await symlink(outside, join(workspace, 'folder'))
      await mkdir(join(workspace, 'deep'))
      await symlink('../../outside', join(workspace, 'deep/link'))
      await symlink('..', join(workspace, 'up'))
      expect(await failure(files.write(path, SECRET))).toMatchObject({ code: 'io', file: path })
      expect(await failure(files.remove(path))).toMatchObject({ code: 'io', file: path })
      expect(await readdir(outside)).toEqual(['x.env'])
      expect(await readFile(join(outside, 'x.env'), 'utf8')).toBe('theirs')
    },
  )

  it('refuse even a link that stays inside', async () => {
    const { workspace, files } = await makeJob(hold)
    await mkdir(join(workspace, 'real'))
    await symlink('real', join(workspace, 'alias'))
    expect(await failure(files.write('alias/x.env', SECRET))).toMatchObject({ code: 'io' })
    expect(await readdir(join(workspace, 'real'))).toEqual([])
  })

  it('leave folders alone, and make none', async () => {
    const { workspace, files } = await makeJob(hold)
    await mkdir(join(workspace, 'x.env'))
    expect(await failure(files.write('x.env', SECRET))).toMatchObject({ code: 'io' })
    expect(await failure(files.remove('x.env'))).toMatchObject({ code: 'io' })
    expect(await failure(files.write('none/x.env', SECRET))).toMatchObject({ code: 'not-found', file: 'none/x.env' })
    expect(await readdir(workspace)).toEqual(['x.env'])
  })

  it('lose a file that is removed, once', async () => {
    const { files } = await makeJob(hold)
    await files.write('x.env', SECRET)
    expect([await files.remove('x.env'), await files.remove('x.env')]).toEqual(['removed', 'gone'])
    expect(await files.remove('none/x.env')).toBe('gone')
  })

  it.runIf(process.getuid?.() !== 0)('leave nothing behind when they may not be written', async () => {
    const { workspace, files } = await makeJob(hold)
    await chmod(workspace, 0o500)
    expect(await failure(files.write('x.env', SECRET))).toMatchObject({ code: 'io' })
    await chmod(workspace, 0o700)
    expect(await readdir(workspace)).toEqual([])
  })
})

describe('roots', () => {
  it('may be links themselves, and are known by both names', async () => {
    const { top, workspace } = await makeJob()
    await symlink(workspace, join(top, 'alias'))
    const files = openJobFiles({ roots: [join(top, 'alias')], cwd: join(top, 'alias') })
    await files.write('a.env', SECRET)
    expect(await files.locate('a.env')).toBe(join(workspace, 'a.env'))
    expect(await files.locate(join(workspace, 'a.env'))).toBe(join(workspace, 'a.env'))
    expect(await files.remove(join(workspace, 'a.env'))).toBe('removed')
  })

  it.each([[undefined], ['/'], [''], ['relative']])('do not count when they are %j', async (root) => {
    const { workspace } = await makeJob()
    const files = openJobFiles({ roots: [root], cwd: workspace })
    expect(await failure(files.write(join(workspace, 'x.env'), SECRET))).toMatchObject({ code: 'usage' })
  })
})

describe.runIf(process.platform === 'linux')('a folder that is exchanged for a link again and again', () => {
  it('is written in or refused, and what the link means is never written in', async () => {
    const { workspace, outside, files } = await makeJob()
    await mkdir(join(workspace, 'a'))
    const swapper = spawn(
      process.execPath,
      [
        '-e',
        `const fs = require('fs'); for (;;) { fs.renameSync('a', 'b'); fs.symlinkSync('../outside', 'a'); fs.unlinkSync('a'); fs.renameSync('b', 'a') }`,
      ],
      { cwd: workspace },
    )
    onTestFinished(() => void swapper.kill())
    const outcomes = new Set<string>()
    for (const end = Date.now() + 2000; Date.now() < end; )
      outcomes.add(
        await files.write('a/x.env', SECRET).then(
          () => 'written',
          (error: { code: string }) => error.code,
        ),
      )
    expect(await readdir(outside)).toEqual([])
    expect([...outcomes]).toContain('written')
    expect(outcomes.size).toBeGreaterThan(1)
  })
})
