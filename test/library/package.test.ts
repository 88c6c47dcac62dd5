import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Installed, installPackage } from './installed.ts'

let installed: Installed

beforeAll(() => {
  installed = installPackage()
})
afterAll(() => installed?.remove())

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; dependencies?: object }

describe('the tarball', () => {
  it('has what is run, what explains it, and nothing of how it is made or tested', () => {
    const expected = /^(?:dist\/|hooks\/|docs\/|action\.yml|\.pre-commit-hooks\.yaml|package\.json|[A-Z]+(?:\.md)?$)/
    expect(installed.files.filter((path) => !expected.test(path))).toEqual([])
    const least = ['action', 'cli', 'hook', 'index'].map((name) => `dist/${name}.js`)
    expect(installed.files).toEqual(
      expect.arrayContaining([...least, 'dist/index.mjs', 'dist/licenses.txt', 'LICENSE']),
    )
    expect(installed.files).toEqual(
      expect.arrayContaining(['hooks/pre-commit', 'action.yml', '.pre-commit-hooks.yaml']),
    )
  })

  it('needs no other package', () => {
    expect(Object.keys(manifest.dependencies ?? {})).toEqual([])
    const tree = execFileSync('npm', ['ls', '--all', '--parseable', '--offline'], {
      cwd: installed.project,
      encoding: 'utf8',
    })
    expect(tree.trim().split('\n')).toEqual([installed.project, join(installed.project, 'node_modules', 'sealward')])
  })
})

describe.runIf(process.platform !== 'win32')('a global installation', () => {
  it('has the command, which knows its version', () => {
    const { stdout, stderr, status } = spawnSync(join(installed.prefix, 'bin', 'sealward'), ['--version'], {
      encoding: 'utf8',
    })
    expect([status, stdout, stderr]).toEqual([0, `${manifest.version}\n`, ''])
  })

  it('has the hook, executable, and the program that it starts', () => {
    const root = join(installed.prefix, 'lib', 'node_modules', 'sealward')
    for (const path of ['hooks/pre-commit', 'dist/hook.js'])
      expect(() => accessSync(join(root, path), constants.X_OK)).not.toThrow()
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist', 'hook.js'), 'no-such-hook'], {
      encoding: 'utf8',
    })
    expect([status, stderr.includes('[usage]')]).toEqual([2, true])
  })
})

const CONSUMER = `
const variables: Record<string, string> = await load({ file: 'a', identity: 'b', quotes: 'dotenv' })
const secret: string = await getSecretOrEnv('A', 'fallback', { file: 'a' })
await load()
await getSecretOrEnv('A')
try {
  await load({})
} catch (error) {
  if (error instanceof SealwardError) {
    const code: ErrorCode = error.code
    const rest: readonly [string, string | undefined, string | undefined, number | undefined] =
      [error.message, error.hint, error.file, error.line]
    console.log(code === 'mac-mismatch', rest, variables, secret)
    // @ts-expect-error the codes are a closed union
    if (error.code === 'no-such-code') console.log()
  }
}
// @ts-expect-error a path is text
await load({ file: 1 })
// @ts-expect-error an option that is not known
await load({ path: 'a' })
// @ts-expect-error a value is text
const number: number = await getSecretOrEnv('A')
`
const NAMES = 'load, getSecretOrEnv, SealwardError, type ErrorCode, type LoadOptions'
const OPTIONS = `const options: LoadOptions = { file: 'a' }\n`

describe('the types', () => {
  it.each([
    ['a module', 'consumer.mts', { module: 'nodenext' }, CONSUMER],
    ['CommonJS', 'consumer.cts', { module: 'nodenext' }, `async function main() {${CONSUMER}}\nvoid main()\n`],
    ['a bundler', 'bundled.mts', { module: 'esnext', moduleResolution: 'bundler' }, CONSUMER],
  ])('serve %s', (_, file, options, body) => {
    const folder = join(installed.project, `types-${file}`)
    mkdirSync(folder)
    const declared = 'declare const console: { log(...values: unknown[]): void }\n'
    writeFileSync(
      join(folder, file),
      `import { ${NAMES} } from 'sealward'\n${declared}${OPTIONS}${body}void load(options)\n`,
    )
    const compilerOptions = { target: 'es2022', strict: true, noEmit: true, skipLibCheck: false, types: [], ...options }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }))
    const tsc = resolve('node_modules/typescript/bin/tsc')
    expect(spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' }).stdout).toBe('')
  })
})
