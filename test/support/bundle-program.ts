import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { packageRoot, temporaryFolder } from './git-repository.ts'

const REQUIRE = `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`

/**
 * A program of a test, made of our sources as they are, in one file: a process that loads two hundred of them anew takes longer to start than
 * what it is started for, and some tests start hundreds.
 *
 * @param source a module; its paths are from the package's folder
 * @returns the file to run; it goes when the test ends
 */
export function bundleProgram(source: string): string {
  const outfile = join(temporaryFolder('program'), 'program.mjs')
  buildSync({
    stdin: { contents: source, resolveDir: packageRoot, loader: 'ts' },
    ...{ bundle: true, platform: 'node', target: 'node20', format: 'esm', outfile },
    banner: { js: REQUIRE },
    define: { SEALWARD_VERSION: '"test"' },
    logLevel: 'error',
  })
  return outfile
}
