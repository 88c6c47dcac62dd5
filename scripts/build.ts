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
  'action-organisation': 'src/action/organisation/main.ts',
  'action-rotate': 'src/action/rotate/main.ts',
  post: 'src/action/post.ts',
  cli: 'src/cli/main.ts',
  hook: 'src/hook/start.ts',
  'hook-program': 'src/hook/main.ts',
  worker: 'src/worker/main.ts',
}

/** Large packages stand in files of their own, which a program loads when it needs them: most runs need none. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'age-encryption': 'age-encryption',
  // GitHub's SDK behind the one module that knows it: 570 KB that are read when GitHub is asked for something.
  github: 'src/adapters/github/client/octokit.ts',
  mongodb: 'mongodb',
  mysql2: 'mysql2',
  pg: 'pg',
  re2js: 're2js',
  '@redis/client': '@redis/client',
  'simple-git': 'simple-git',
  // The same library without what reads Node's own environment: a third of it, and quicker to load.
  yaml: './node_modules/yaml/browser/index.js',
}

/** What these libraries load where somebody has it, and do without everywhere else: compression, Kerberos, clouds' own logins. */
const NOT_NEEDED = [
  '@aws-sdk/credential-providers',
  '@mongodb-js/zstd',
  'aws4',
  'gcp-metadata',
  'kerberos',
  'mongodb-client-encryption',
  'pg-native',
  'snappy',
  'socks',
]

/** The commands of cli-later.js, by their rooms in src/cli/commands. */
const LATER_COMMANDS = Object.entries({
  check: 'check',
  files: 'export import migrate',
  git: 'diff history merge merge-driver restore textconv',
  keys: 'keys recipients updatekeys',
  members: 'access audit members policy',
  rotation: 'lockdown request rotate',
}).flatMap(([room, names]) => names.split(' ').map((name) => `./commands/${room}/${name}.ts`))

const LATER = new RegExp(`^(?:${LATER_COMMANDS.map((path) => path.replaceAll('.', '\\.')).join('|')})$`)

const VENDORS = 'src/core/scan/tokens/vendors'

/** The vendors' tables, likewise: what a hook does not need is not even read, and 150 KB of it take two milliseconds. */
const TABLES: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(VENDORS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => [tableName(path), `${VENDORS}/${path}`]),
)

/** `@redis/client` is in `redis-client.js`. */
function fileName(library: string): string {
  return library.replace('@', '').replaceAll('/', '-')
}

function tableName(path: string): string {
  return `tokens-${basename(path, '.ts')}`
}

/** Leaves a library where it is, in this folder, to be loaded by the line that asks for it. */
function outside(folder: './lib' | '.'): Plugin {
  return {
    name: 'libraries',
    setup({ onResolve, onLoad }) {
      const filter = new RegExp(`^(?:${Object.keys(LIBRARIES).join('|')})$`)
      onResolve({ filter }, ({ path }) => ({ path: `${folder}/${fileName(path)}.js`, external: true }))
      onResolve({ filter: /^\.\/octokit\.ts$/ }, () => ({ path: `${folder}/github.js`, external: true }))
      // What decrypts has nothing of the other modes in it.
      onResolve({ filter: /^\.\/(?:scan|check|organisation|rotate)\/main\.ts$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: `./action-${path.split('/')[1]}.js`, external: true } : undefined,
      )
      // Each is asked for seldom, and together they are a third of all the code, which the other commands are not to wait for.
      onResolve({ filter: LATER }, ({ path }) => ({ path, namespace: 'later' }))
      onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
        contents: `module.exports = require('./cli-later.js')[${JSON.stringify(path)}]()`,
      }))
      onResolve({ filter: /./, namespace: 'later' }, ({ path }) => ({ path, external: true }))
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
const later = await buildList('cli-later', {
  folder: '.',
  modules: Object.fromEntries(LATER_COMMANDS.map((path) => [path, path.replace('./', './src/cli/')])),
})
const libraries = await build({
  ...common,
  external: NOT_NEEDED,
  outdir: `${NEXT}/lib`,
  entryPoints: {
    ...Object.fromEntries(Object.entries(LIBRARIES).map(([library, entry]) => [fileName(library), entry])),
    ...TABLES,
  },
})

await writeModuleDoor(`${NEXT}/index.mjs`)
// Runs as CommonJS wherever it is copied, whatever package.json stands above it.
writeFileSync(`${NEXT}/package.json`, '{ "type": "commonjs" }\n')
writeFileSync(
  `${NEXT}/licenses.txt`,
  licencesOf([programs.metafile, ...action, later, libraries.metafile] as Metafile[]),
)
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
  const modules = Object.fromEntries([...found].sort().map((path) => [path, `./${path}`]))
  return [first.metafile as Metafile, await buildList(`${name}-rest`, { folder: 'lib', modules })]
}

interface List {
  /** Where the file stands in dist/. */
  readonly folder: 'lib' | '.'
  /** Each by the name under which it is asked for. */
  readonly modules: Readonly<Record<string, string>>
}

/** Builds a file that has several modules, each behind a function: what is not called is not run. */
async function buildList(name: string, { folder, modules }: List): Promise<Metafile> {
  const entries = Object.entries(modules).map(([key, path]) => `${JSON.stringify(key)}: () => require('${path}')`)
  const { metafile } = await build({
    ...common,
    plugins: [outside(folder === 'lib' ? '.' : './lib')],
    stdin: { contents: `module.exports = { ${entries.join(', ')} }`, resolveDir: '.', sourcefile: name },
    outdir: join(NEXT, folder),
    entryNames: name,
  })
  return metafile as Metafile
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
