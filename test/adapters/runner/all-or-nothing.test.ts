import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allOrNothing } from '../../../src/adapters/runner/file-commands.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealward-runner-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('all or nothing', () => {
  it('takes back what was written when a later write fails', () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')]
    writeFileSync(one, 'before\n')
    writeFileSync(two, '')
    const write = () => {
      appendFileSync(one, 'A<<x\nsecret\nx\n')
      appendFileSync(two, 'half')
      throw new Error('disk full')
    }
    expect(() => allOrNothing([one, two, undefined, join(folder, 'missing')], write)).toThrow('disk full')
    expect(readFileSync(one, 'utf8')).toBe('before\n')
    expect(readFileSync(two, 'utf8')).toBe('')
  })
})

describe('the built Action', () => {
  const action = resolve('dist/action.js')
  const cli = resolve('dist/cli.js')

  /** A file with one variable, and the environment of a step that decrypts it. */
  function prepare() {
    const key = join(folder, 'key.txt')
    spawnSync(process.execPath, [cli, 'keygen', '-o', key])
    const recipient = spawnSync(process.execPath, [cli, 'keygen', '-y', key], { encoding: 'utf8' }).stdout.trim()
    writeFileSync(join(folder, '.env'), 'A=value-of-a\n')
    spawnSync(process.execPath, [cli, 'encrypt', '-r', recipient], { cwd: folder })
    const [env, output] = [join(folder, 'env'), join(folder, 'output')]
    writeFileSync(env, '')
    writeFileSync(output, '')
    return {
      GITHUB_WORKSPACE: folder,
      GITHUB_ENV: env,
      GITHUB_OUTPUT: output,
      SEALWARD_KEY_FILE: key,
      INPUT_OUTPUTS: 'A',
    }
  }

  it('leaves no output behind when the environment cannot be written', () => {
    const env = { ...prepare(), GITHUB_ENV: join(folder, 'missing', 'env') }
    const { status } = spawnSync(process.execPath, [action], { env, encoding: 'utf8' })
    expect(status).toBe(2)
    expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe('')
  })

  it.skipIf(process.platform !== 'linux')('exports nothing when its masks cannot be written', () => {
    const env = prepare()
    const { status, stderr } = spawnSync('sh', ['-c', `'${process.execPath}' '${action}' > /dev/full`], {
      env,
      encoding: 'utf8',
    })
    expect(status).toBe(2)
    expect(stderr).toBe('')
    expect(readFileSync(env.GITHUB_ENV, 'utf8')).toBe('')
    expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe('')
  })
})
