/**
 * Builds dist/: the Action, the command, the hook and the library, each self-contained but for shared chunks. The same sources give the
 * same bytes on every machine, and CI holds the committed dist/ to that.
 */
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild'
import { licencesOf } from './licences.ts'
import { writeTypes } from './types.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

/** Where the files are until all of them are there. */
const NEXT = '.dist-next'

const PROGRAMS = {
  action: 'src/action/main.ts',
  post: 'src/action/post.ts',
  cli: 'src/cli/main.ts',
  hook: 'src/hook/main.ts',
  worker: 'src/worker/main.ts',
}

/** Large packages stand in files of their own, which a program loads when it needs them: most runs need none. */
const LIBRARIES: Readonly<Record<string, string>> = {
  'age-encryption': 'age-encryption',
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

/** Leaves a library where it is, to be loaded by the line that asks for it. */
const outside: Plugin = {
  name: 'libraries',
  setup({ onResolve }) {
    const filter = new RegExp(`^(?:${Object.keys(LIBRARIES).join('|')})$`)
    onResolve({ filter }, ({ path }) => ({ path: `./lib/${path}.js`, external: true }))
    onResolve({ filter: /\/tokens\/vendors\/|^\.\/vendors\// }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./lib/${tableName(path)}.js`, external: true } : undefined,
    )
  },
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
  minify: true,
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  outdir: NEXT,
  define: { SEALWARD_VERSION: JSON.stringify(version), 'import.meta.dirname': '__dirname' },
}

rmSync(NEXT, { recursive: true, force: true })
const programs = await build({ ...common, plugins: [outside], entryPoints: { ...PROGRAMS, index: 'src/index.ts' } })
const libraries = await build({ ...common, outdir: `${NEXT}/lib`, entryPoints: { ...LIBRARIES, ...TABLES } })

await writeModuleDoor(`${NEXT}/index.mjs`)
// Runs as CommonJS wherever it is copied, whatever package.json stands above it.
writeFileSync(`${NEXT}/package.json`, '{ "type": "commonjs" }\n')
writeFileSync(`${NEXT}/licenses.txt`, licencesOf([programs.metafile, libraries.metafile] as Metafile[]))
for (const program of ['cli', 'hook']) chmodSync(`${NEXT}/${program}.js`, 0o755)
writeTypes(`${NEXT}/types`)
// All of it or nothing: whoever runs the programs meanwhile has the old ones.
rmSync('dist', { recursive: true, force: true })
renameSync(NEXT, 'dist')

/** The library for `import`: the same instance as for `require`, so that an error of one is an error of the other. */
async function writeModuleDoor(path: string): Promise<void> {
  const names = Object.keys(await import('../src/index.ts')).sort()
  writeFileSync(path, `import library from './index.js'\nexport const { ${names.join(', ')} } = library\n`)
}
