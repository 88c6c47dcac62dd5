import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeRepository, temporaryFolder } from './support/git-repository.ts'
import { newMember, seal } from './support/sealing.ts'

/**
 * What each built program carries and loads. Start-up is paid for by every job, commit and command, and a library that reaches the network
 * has no business in a hook; so what is in a file, and what is loaded when, is stated here.
 */
const PROGRAMS = ['action', 'post', 'cli', 'hook', 'hook-program', 'index'] as const
type Program = (typeof PROGRAMS)[number]

/** What only some runs of a program need stands in a program of its own. */
const PARTS: Partial<Record<Program, readonly string[]>> = {
  action: ['./action-check.js', './action-organisation.js', './action-rotate.js', './action-scan.js'],
  cli: ['./cli-later.js'],
}

const read = (file: string) => readFileSync(join('dist', file), 'utf8')

/** A text of each package that no minifier changes. */
const MARKS = {
  'simple-git': /GitPluginError/,
  // The SDK itself: the module that asks it is ours, and small.
  octokit: /octokit-(?:core|endpoint|request)\.js/,
  undici: /undici/,
  yaml: /YAMLParseError/,
  re2js: /missing argument to repetition operator/,
  'age-encryption': /age-encryption\.org\/mlkem768p256tag/,
  '@noble/ciphers': /aes\/gcm: invalid/,
  '@actions/core': /Unable to get ACTIONS_ID_TOKEN_REQUEST_URL/,
}

const marksIn = (text: string) => Object.entries(MARKS).flatMap(([name, mark]) => (mark.test(text) ? [name] : []))

/** Loaded files of dist/ and built-ins of Node that a process ended with, beyond those that Node starts with. */
function loadedBy(program: Program, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  const probe = join(temporaryFolder(), 'probe.cjs')
  const report = `${probe}.json`
  writeFileSync(
    probe,
    `const before = new Set(process.moduleLoadList)
    process.on('exit', () => require('fs').writeFileSync(${JSON.stringify(report)}, JSON.stringify({
      files: Object.keys(require.cache),
      builtins: process.moduleLoadList.filter((name) => !before.has(name)),
    })))`,
  )
  const script = resolve('dist', `${program}.js`)
  const { status, stderr } = spawnSync(process.execPath, ['--require', probe, script, ...args], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  })
  const { files, builtins } = JSON.parse(readFileSync(report, 'utf8')) as { files: string[]; builtins: string[] }
  const own = files
    .filter((file) => file !== probe)
    .map((file) => relative(resolve('dist'), file).replaceAll('\\', '/'))
  return { status, stderr, files: own.toSorted(), builtins: builtins.map((name) => name.replace(/^NativeModule /, '')) }
}

async function sealedFolder(policy: string | null) {
  const member = await newMember()
  const folder = temporaryFolder()
  writeFileSync(join(folder, '.env.encrypted'), await seal([{ kind: 'entry', name: 'A', value: '1' }], [member]))
  if (policy !== null) writeFileSync(join(folder, 'sealward.yml'), policy)
  return { folder, env: { SEALWARD_KEY: member.identity.secret.reveal() } }
}

describe('a built program', () => {
  it.each(PROGRAMS)('%s is one file, which names no file but the libraries beside it', (program) => {
    const names = [...read(`${program}.js`).matchAll(/require\("(\.[^"]+)"\)/g)].map(([, name]) => name)
    const libraries = readdirSync('dist/lib').map((name) => `./lib/${name}`)
    const others = new Set(names.filter((name) => !libraries.includes(name!)))
    expect([...others].toSorted()).toEqual(PARTS[program] ?? [])
  })

  it('has only its own code in it, and what is small', () => {
    expect(Object.fromEntries(PROGRAMS.map((program) => [program, marksIn(read(`${program}.js`))]))).toEqual({
      action: [],
      post: [],
      cli: ['@noble/ciphers'],
      hook: [],
      'hook-program': [],
      index: [],
    })
  })

  it('finds its libraries beside it, and nothing of those that only tests and other modes use', () => {
    const marks = readdirSync('dist/lib').map((name) => [name, marksIn(read(join('lib', name)))])
    expect(Object.fromEntries(marks)).toMatchObject({
      'simple-git.js': expect.arrayContaining(['simple-git']),
      'github.js': ['octokit', 'undici'],
      'yaml.js': ['yaml'],
      're2js.js': ['re2js'],
      'age-encryption.js': expect.arrayContaining(['age-encryption']),
    })
    const others = marks.filter(([name]) => name !== 'github.js')
    expect(JSON.stringify(others)).not.toMatch(/octokit|undici|@actions\/core/)
  })
})

describe('what is loaded', () => {
  it('by one value of an encrypted file is the program alone', async () => {
    const { folder, env } = await sealedFolder(null)
    expect(loadedBy('cli', ['get', 'A'], folder, env)).toMatchObject({ status: 0, files: ['cli.js'] })
  })

  it('by a policy that must be read is YAML too', async () => {
    const { folder, env } = await sealedFolder('schema: { A: { type: number } }')
    expect(loadedBy('cli', ['run', '--', 'true'], folder, env)).toMatchObject({
      status: 0,
      files: ['cli.js', 'lib/yaml.js'],
    })
  })

  it('by a clean commit is the hook alone, and no slow built-in of Node', () => {
    const repository = makeRepository()
    repository.stage('a.txt', 'nothing to see\n')
    const { status, files, builtins } = loadedBy('hook', ['pre-commit'], repository.path)
    expect([status, files]).toEqual([0, ['hook.js']])
    expect(
      builtins.filter((name) => /^(?:crypto|perf_hooks|https?|child_process|net|readline|worker_threads)$/.test(name)),
    ).toEqual([])
  })

  it('is seen by this test: a command that asks git loads its library', () => {
    const repository = makeRepository()
    const { files } = loadedBy('cli', ['protect'], repository.path)
    expect(files).toContain('lib/simple-git.js')
  })
})
