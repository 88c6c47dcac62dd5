import { readdir, rename, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startSealwardJob } from './sealward-job.ts'

const start = () => startSealwardJob({ KEY: 'a value' })

describe('the post step', () => {
  it('removes the file that was there for the steps before it, and says so', async () => {
    const job = await start()
    const path = join(job.temp, 'app.env')
    expect((await job.load({ 'export-file': path, 'export-env': 'false' })).conclusion).toBe('success')
    expect((await job.run({ script: `. "${path}"; stat -c %a "${path}"; echo "$KEY"` })).stdout).toBe('600\na value\n')
    const { steps } = await job.finish()
    expect(steps.at(-1)?.log).toContain(`sealward: removed ${path}`)
    expect(await readdir(job.temp)).not.toContain('app.env')
  })

  it('leaves a link that a later step put in its place, with a warning, and what the link means', async () => {
    const job = await start()
    await job.load({ 'export-file': 'app.env' })
    await writeFile(join(job.home, 'theirs'), 'x')
    await rename(join(job.workspace, 'app.env'), join(job.workspace, 'moved'))
    await symlink(join(job.home, 'theirs'), join(job.workspace, 'app.env'))
    const { steps } = await job.finish()
    expect(steps.at(-1)?.annotations.map(({ message }) => message)).toEqual([expect.stringContaining('is a link')])
    expect(await readdir(job.home)).toContain('theirs')
    expect(await readdir(job.workspace)).toEqual(expect.arrayContaining(['app.env', 'moved']))
  })

  it('has nothing to remove after a step that was refused, or that wrote no file', async () => {
    const job = await start()
    expect((await job.load({ 'export-file': '../app.env' })).conclusion).toBe('failure')
    expect((await job.load()).conclusion).toBe('success')
    const { steps } = await job.finish()
    expect(steps.slice(-2).map(({ conclusion, log }) => [conclusion, log.includes('nothing to remove')])).toEqual([
      ['success', true],
      ['success', true],
    ])
  })

  it('says nothing secret, under step debug either', async () => {
    const job = await startSealwardJob({ KEY: 'a value' }, { runnerDebug: true })
    await job.load({ 'export-file': 'app.env' })
    const { log } = await job.finish()
    expect(log).not.toContain('a value')
  })
})
