import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect } from 'vitest'
import { itWith } from './peers.ts'

const [cli, hook, modules, commonJs] = ['cli.js', 'hook.js', 'index.mjs', 'index.js'].map((file) =>
  resolve('dist', file),
) as [string, string, string, string]

/** The Action has Node 24, which the other tests run. What people run themselves has to do with the oldest that is supported. */
describe('the built files', () => {
  for (const name of ['node20', 'node22'])
    itWith(name, `work on ${name}: the command, the hook, and the library in both module systems`, (node) => {
      const folder = mkdtempSync(join(tmpdir(), 'sealward-nodes-'))
      try {
        useEverything(node!, folder)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })
})

function useEverything(node: string, cwd: string): void {
  const env = { ...process.env, SEALWARD_KEY_FILE: join(cwd, 'key.txt') }
  const run = (...args: string[]) => execFileSync(node, args, { cwd, env, encoding: 'utf8' })
  for (const kind of [[], ['--pq']]) {
    rmSync(join(cwd, 'key.txt'), { force: true })
    rmSync(join(cwd, '.env.encrypted'), { force: true })
    run(cli, 'keygen', ...kind, '-o', 'key.txt')
    writeFileSync(join(cwd, '.env'), 'A="one\\ntwo"\n')
    run(cli, 'encrypt', '-r', run(cli, 'keygen', '-y', 'key.txt').trim())
    run(cli, 'set', 'B', 'three')
    expect(run(cli, 'get', 'A')).toBe('one\ntwo\n')
    expect(run(cli, 'run', '--', node, '-p', 'process.env.B')).toBe('three\n')
    expect(run('-e', `require(${JSON.stringify(commonJs)}).load().then((all) => console.log(all.A))`)).toBe(
      'one\ntwo\n',
    )
    const url = JSON.stringify(`file://${modules}`)
    expect(
      run('--input-type=module', '-e', `import { getSecretOrEnv } from ${url}; console.log(await getSecretOrEnv('B'))`),
    ).toBe('three\n')
  }
  execFileSync('git', ['init', '-q'], { cwd })
  execFileSync('git', ['add', '-f', '.env'], { cwd })
  expect(spawnSync(node, [hook, 'pre-commit'], { cwd, env }).status).toBe(1)
  execFileSync('git', ['rm', '-q', '--cached', '-f', '.env'], { cwd })
  execFileSync('git', ['add', '.env.encrypted'], { cwd })
  expect(spawnSync(node, [hook, 'pre-commit'], { cwd, env }).status).toBe(0)
}
