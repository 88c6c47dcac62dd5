/**
 * Builds dist/: the Action, the command, the hook and the library, each self-contained but for shared chunks. The same sources give the
 * same bytes on every machine, and CI holds the committed dist/ to that.
 */
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { licencesOf } from './licences.ts'
import { writeTypes } from './types.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

/** Where the files are until all of them are there. */
const NEXT = '.dist-next'

const PROGRAMS = {
  'action-scan': 'src/action/scan/main.ts',
  'action-check': 'src/action/check/main.ts',
  post: 'src/action/post.ts',
  cli: 'src/cli/main.ts',
  'cli-check': 'src/cli/commands/check.ts',
  hook: 'src/hook/start.ts',
  'hook-program': 'src/hook/main.ts',
  worker: 'src/worker/main.ts',
}

/** Large packages stand in files of their own, which a program loads when it needs them: most runs need none. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'age-encryption': 'age-encryption',
  // GitHub's SDK behind the one module that knows it: 570 KB that are read when GitHub is asked for something.
  github: 'src/adapters/github/octokit.ts',
  re2js: 're2js',
  'simple-git': 'simple-git',
  // The same library without what reads Node's own environment: a third of it, and quicker to load.
  yaml: './node_modules/yaml/browser/index.js',
}

const VENDORS = 'src/core/scan/tokens/vendors'

/** The vendors' tables, likewise: what a hook does not need is not even read, and 150 KB of it take two milliseconds. */
const TABLES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(VENDORS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [tableName(path), `${VENDORS}/${path}`]),
)

function tableName(path: string): string {
  return `tokens-${basename(path, '.ts')}`
}

/** Leaves a library where it is, in this folder, to be loaded by the line that asks for it. */
function outside(folder: './lib' | '.'): Plugin {
  return {
    name: 'libraries',
    setup({ onResolve }) {
      const filter = new RegExp(`^(?:${Object.keys(LIBRARIES).join('|')})$`)
      onResolve({ filter }, ({ path }) => ({ path: `${folder}/${path}.js`, external: true }))
      onResolve({ filter: /^\.\/octokit\.ts$/ }, () => ({ path: `${folder}/github.js`, external: true }))
      // What decrypts has nothing of the other modes in it.
      onResolve({ filter: /^\.\/(?:scan|check)\/main\.ts$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: `./action-${path.split('/')[1]}.js`, external: true } : undefined,
      )
      // It has a sixth of all the code, and the other commands are not to wait for that.
      onResolve({ filter: /^\.\/commands\/check\.ts$/ }, () => ({ path: './cli-check.js', external: true }))
      onResolve({ filter: /\/tokens\/vendors\/|^\.\/vendors\// }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: `${folder}/${tableName(path)}.js`, external: true } : undefined,
      )
    },
  }
}

/**
 * CommonJS, because one file of it starts quicker than thirty of ESM do, and because what stands in it behind `import()` or behind a
 * library's name costs nothing until it is reached: an `import` is for the whole file.
 */
const common: BuildOptions = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // What is behind `import()` is CommonJS too: the machinery for modules would be started for nothing, and code that is kept has none.
  supported: { 'dynamic-import': false },
  minify: true,
  // One character beyond Latin-1 would double what V8 has to read.
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  outdir: NEXT,
  define: { SEALWARD_VERSION: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
}

rmSync(NEXT, { recursive: true, force: true })
const programs = await build({
  ...common,
  plugins: [outside('./lib')],
  entryPoints: { ...PROGRAMS, index: 'src/index.ts' },
})
const action = await buildInTwo('action', 'src/action/main.ts')
const libraries = await build({ ...common, outdir: `${NEXT}/lib`, entryPoints: { ...LIBRARIES, ...TABLES } })

await writeModuleDoor(`${NEXT}/index.mjs`)
// Runs as CommonJS wherever it is copied, whatever package.json stands above it.
writeFileSync(`${NEXT}/package.json`, '{ "type": "commonjs" }\n')
writeFileSync(`${NEXT}/licenses.txt`, licencesOf([programs.metafile, ...action, libraries.metafile] as Metafile[]))
for (const program of ['cli', 'hook']) chmodSync(`${NEXT}/${program}.js`, 0o755)
writeTypes(`${NEXT}/types`)
// All of it or nothing: whoever runs the programs meanwhile has the old ones.
rmSync('dist', { recursive: true, force: true })
renameSync(NEXT, 'dist')

/**
 * Builds a program that every job waits for. Node reads a file to its end before it runs the first line, so what most runs never reach
 * stands in a second one, `lib/<name>-rest.js`: the modules that the program imports with `import()`, and all that these need. A module
 * that both need is in both files; src/core/errors.ts says how an error of the one is known in the other.
 */
async function buildInTwo(name: string, entry: string): Promise<Metafile[]> {
  const found = new Set<string>()
  const plugins = [outside('./lib'), beside(`./lib/${name}-rest.js`, found)]
  const first = await build({ ...common, plugins, entryPoints: { [name]: entry } })
  const modules = [...found].sort().map((path) => `${JSON.stringify(path)}: () => require('./${path}')`)
  const second = await build({
    ...common,
    plugins: [outside('.')],
    stdin: { contents: `module.exports = { ${modules.join(', ')} }`, resolveDir: '.', sourcefile: `${name}-rest` },
    outdir: `${NEXT}/lib`,
    entryNames: `${name}-rest`,
  })
  return [first, second].map(({ metafile }) => metafile as Metafile)
}

/** Takes what is imported with `import()` out of another file, where each module is behind a function of its own; and lists it. */
function beside(file: string, found: Set<string>): Plugin {
  return {
    name: 'rest',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ path, kind, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        const module = relative('.', join(resolveDir, path)).replaceAll('\\', '/')
        return { path: module, namespace: 'rest' }
      })
      onResolve({ filter: /./, namespace: 'rest' }, () => ({ path: file, external: true }))
      onLoad({ filter: /./, namespace: 'rest' }, ({ path }) => {
        found.add(path)
        return { contents: `module.exports = require('${file}')[${JSON.stringify(path)}]()` }
      })
    },
  }
}

/** The library for `import`: the same instance as for `require`, so that an error of one is an error of the other. */
async function writeModuleDoor(path: string): Promise<void> {
  const names = Object.keys(await import('../src/index.ts')).sort()
  writeFileSync(path, `import library from './index.js'\nexport const { ${names.join(', ')} } = library\n`)
}
