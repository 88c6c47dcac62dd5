import { readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'

/** Libraries that only compute. Each is argued in docs/dependencies.md. */
const PURE = [
  'age-encryption',
  '@noble/ciphers',
  '@noble/hashes',
  'yaml',
  'valibot',
  're2js',
  'smol-toml',
  'shamir-secret-sharing',
]

/** Which adapter owns which SDK: nobody else may import it. */
const OWNERS: Readonly<Record<string, string>> = {
  'simple-git': 'adapters/git',
  'cross-spawn': 'adapters/process',
  '@actions/core': 'adapters/runner',
  '@actions/github': 'adapters/github',
  yauzl: 'adapters/archives',
  mysql2: 'adapters/credentials',
  pg: 'adapters/credentials',
  '@octokit/plugin-retry': 'adapters/github',
  '@octokit/plugin-throttling': 'adapters/github',
  '@redis/client': 'adapters/credentials',
  mongodb: 'adapters/credentials',
}

/** The ports: the general ones, and a file for each outside system that only some tasks know. */
const isPort = (path: string) => path === 'tasks/world.ts' || within(path, 'tasks/world')

const CORE_BUILTINS = ['node:crypto', 'node:util', 'node:buffer', 'node:zlib']
const FACES = ['action', 'cli', 'hook', 'worker', 'index.ts']
const IMPURE = /\b(?:process\.|fetch\(|console\.\w+\(|setTimeout\(|Date\.now\(|new Date\(\)|Math\.random\()/

interface Import {
  readonly from: string
  /** A path below src, or a package or built-in. */
  readonly to: string
}

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts'))
const imports = sources.flatMap((from) => importsOf(from, readFileSync(`src/${from}`, 'utf8')))

describe('the rings', () => {
  it('scans the whole tree', () => {
    expect(sources.length).toBeGreaterThan(30)
    expect(imports.length).toBeGreaterThan(100)
  })

  it.each([
    ['core', (to: string) => within(to, 'core') || CORE_BUILTINS.includes(to) || PURE.includes(packageOf(to))],
    ['tasks', (to: string) => within(to, 'core') || isPort(to) || within(to, 'tasks/steps')],
    ['action', (to: string) => faceMay('action', to)],
    ['cli', (to: string) => faceMay('cli', to)],
    ['hook', (to: string) => faceMay('hook', to)],
    ['worker', (to: string) => faceMay('worker', to)],
  ])('%s imports only what its ring may', (ring, allowed) => {
    expect(imports.filter(({ from, to }) => within(from, ring) && !allowed(to))).toEqual([])
  })

  it('a step never imports a task', () => {
    const steps = imports.filter(({ from }) => within(from, 'tasks/steps'))
    expect(steps.filter(({ to }) => within(to, 'tasks') && !isPort(to) && !within(to, 'tasks/steps'))).toEqual([])
  })

  it('adapters know core, the ports, themselves, adapters/http and their own SDK', () => {
    const offenders = imports.filter(({ from, to }) => {
      if (!within(from, 'adapters')) return false
      const own = from.split('/').slice(0, 2).join('/')
      if (within(to, 'core') || isPort(to) || within(to, own) || within(to, 'adapters/http')) return false
      return !isBuiltin(to) && OWNERS[packageOf(to)] !== own
    })
    expect(offenders).toEqual([])
  })

  it('an SDK is imported by its owner alone', () => {
    const offenders = imports.filter(({ from, to }) => {
      const owner = OWNERS[packageOf(to)]
      return owner !== undefined && !within(from, owner)
    })
    expect(offenders).toEqual([])
  })

  it('only the world.ts of a face opens adapters', () => {
    const offenders = imports.filter(({ from, to }) => isFace(from) && within(to, 'adapters') && !mayTouch(from))
    expect(offenders).toEqual([])
  })

  it('core reads no clock, no environment, no network and no random number generator of its own', () => {
    const offenders = sources.filter(
      (path) => within(path, 'core') && IMPURE.test(withoutComments(readFileSync(`src/${path}`, 'utf8'))),
    )
    expect(offenders).toEqual([])
  })

  it('the rules above catch what they are for', () => {
    expect(
      importsOf('core/x.ts', "import { open } from 'node:fs'\nconst a = await import('../adapters/files/files.ts')"),
    ).toEqual([
      { from: 'core/x.ts', to: 'node:fs' },
      { from: 'core/x.ts', to: 'adapters/files/files.ts' },
    ])
    expect(IMPURE.test('const now = new Date()')).toBe(true)
  })
})

function importsOf(from: string, text: string): Import[] {
  const specifiers = [...withoutComments(text).matchAll(/(?:\bfrom|\bimport\()\s*'([^']+)'/g)].map((match) => match[1]!)
  return specifiers.map((to) => ({ from, to: to.startsWith('.') ? posix.join(posix.dirname(from), to) : to }))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function within(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}

function isFace(path: string): boolean {
  return FACES.some((face) => within(path, face))
}

/** The library's door is so small that it is its own world. */
function mayTouch(path: string): boolean {
  return path === 'index.ts' || path.endsWith('/world.ts')
}

function faceMay(face: string, to: string): boolean {
  return within(to, face) || within(to, 'core') || within(to, 'tasks') || within(to, 'adapters') || isBuiltin(to)
}

function isBuiltin(to: string): boolean {
  return to.startsWith('node:') && builtinModules.includes(to.slice(5))
}

function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
}
