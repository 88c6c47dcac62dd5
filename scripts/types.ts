import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'

const RELATIVE = /from '(\.[^']+)\.ts'/g

/**
 * Writes the library's declarations to `folder`: what index.d.ts reaches and nothing of the house behind it, once for modules and once
 * for CommonJS, because TypeScript holds a package's declarations to its module system.
 */
export function writeTypes(folder: string): void {
  const emitted = mkdtempSync(join(tmpdir(), 'sealward-types-'))
  const compile = ['node_modules/typescript/bin/tsc', '-p', 'scripts/tsconfig.types.json', '--outDir', emitted]
  try {
    execFileSync(process.execPath, compile, { stdio: 'inherit' })
    for (const [path, text] of reachable(emitted)) {
      write(join(folder, path), withExtension(text, 'js'))
      write(join(folder, path.replace(/\.d\.ts$/, '.d.mts')), withExtension(text, 'mjs'))
    }
  } finally {
    rmSync(emitted, { recursive: true, force: true })
  }
}

function reachable(folder: string): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (path: string) => {
    if (found.has(path)) return
    const text = readFileSync(join(folder, path), 'utf8')
    found.set(path, text)
    for (const [, target] of text.matchAll(RELATIVE)) visit(posix.join(posix.dirname(path), `${target}.d.ts`))
  }
  visit('index.d.ts')
  return found
}

/** tsc leaves the sources' `.ts` in declarations; consumers have the built files. */
function withExtension(text: string, extension: 'js' | 'mjs'): string {
  return text.replace(RELATIVE, `from '$1.${extension}'`)
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
