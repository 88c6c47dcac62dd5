import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/**
 * What each built program carries. Start-up is paid for by every job, commit and command, and a library that reaches the network has no
 * business in a hook; so what may be loaded, and what only when it is needed, is stated here.
 */
const { metafile } = await build({
  entryPoints: {
    action: 'src/action/main.ts',
    cli: 'src/cli/main.ts',
    hook: 'src/hook/main.ts',
    index: 'src/index.ts',
  },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  metafile: true,
  write: false,
  outdir: 'dist',
})

type Face = 'action' | 'cli' | 'hook' | 'index'
const KINDS = { 'at the start': ['import-statement'], ever: ['import-statement', 'dynamic-import'] } as const

/** The packages that a program loads, by name. */
function packagesOf(face: Face, when: keyof typeof KINDS): string[] {
  const kinds: readonly string[] = KINDS[when]
  const loaded = new Set([`dist/${face}.js`])
  for (const file of loaded)
    for (const { path, kind, external } of metafile.outputs[file]!.imports)
      if (external !== true && kinds.includes(kind)) loaded.add(path)
  const sources = [...loaded].flatMap((file) => Object.keys(metafile.outputs[file]!.inputs))
  const names = sources.map((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1])
  return [...new Set(names)].filter((name) => name !== undefined).toSorted()
}

const matching = (names: readonly string[], pattern: RegExp) => names.filter((name) => pattern.test(name))

describe('what a built program loads', () => {
  it.each(['action', 'cli', 'hook', 'index'] as const)('%s starts without any package', (face) => {
    expect(packagesOf(face, 'at the start')).toEqual([])
  })

  it('the hook never loads git, GitHub or network libraries, nor anything that encrypts', () => {
    const loaded = packagesOf('hook', 'ever')
    expect(matching(loaded, /simple-git|octokit|^@actions\/|undici|^age-encryption$|^@noble\//)).toEqual([])
  })

  it.each(['action', 'cli', 'index'] as const)('%s never loads what only the tests use of @actions', (face) => {
    expect(matching(packagesOf(face, 'ever'), /^@actions\/core$|undici/)).toEqual([])
  })

  it.each(['action', 'hook', 'index'] as const)(
    '%s never loads what starts processes for the command alone',
    (face) => {
      expect(matching(packagesOf(face, 'ever'), /simple-git|cross-spawn/)).toEqual([])
    },
  )

  it('the check sees packages where there are some', () => {
    expect(packagesOf('cli', 'ever')).toEqual(expect.arrayContaining(['age-encryption', 'simple-git', 'yaml']))
    expect(packagesOf('action', 'ever')).toEqual(expect.arrayContaining(['age-encryption', 'yaml']))
  })
})

describe('the committed programs', () => {
  /** A text of each library that no minifier changes. */
  const MARKS = { 'simple-git': 'simple-git', octokit: 'octokit', undici: 'undici', yaml: 'YAMLParseError' }
  const IMPORTS = { 'at the start': /(?:from|import)"\.\/([^"]+)"/g, ever: /(?:from|import|import\()"\.\/([^"]+)"/g }

  function marksIn(face: Face, when: keyof typeof IMPORTS): string[] {
    const files = new Set([`dist/${face}.js`])
    for (const file of files)
      for (const [, path] of readFileSync(file, 'utf8').matchAll(IMPORTS[when])) files.add(join(dirname(file), path!))
    expect(files.size).toBeGreaterThan(2)
    const texts = [...files].map((file) => readFileSync(file, 'utf8'))
    return Object.keys(MARKS).filter((name) => texts.some((text) => text.includes(MARKS[name as keyof typeof MARKS])))
  }

  it.each(['action', 'cli', 'hook', 'index'] as const)('dist/%s.js starts without a mark of a package', (face) => {
    expect(marksIn(face, 'at the start')).toEqual([])
  })

  it('dist/hook.js loads YAML when there is a sealward.yml, and the command git when it is asked to', () => {
    expect([marksIn('hook', 'ever'), marksIn('cli', 'ever')]).toEqual([['yaml'], ['simple-git', 'yaml']])
  })
})
