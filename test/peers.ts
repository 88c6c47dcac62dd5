import { execFileSync } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { it } from 'vitest'

/**
 * Finds a real peer program or data set. On a user's machine a missing one makes the test skip by name; with CI=true it fails,
 * so that the proof cannot go missing in silence.
 */
export const inCI = process.env.CI === 'true'

const repository = join(import.meta.dirname, '..')
const homes = [process.env.SEALWARD_PEERS, join(repository, '.cache', 'peers')].filter((home) => home !== undefined)

/** @returns the path of a program, or of a folder of data; null when it is in no peers folder, nor (a program) on PATH */
export function findPeer(name: string): string | null {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '')
  const program = process.platform === 'win32' ? `${name}.exe` : name
  const programs = [...homes.map((home) => join(home, 'bin')), ...onPath].map((folder) => join(folder, program))
  const folders = homes.map((home) => join(home, 'data', name))
  return programs.find(isProgram) ?? folders.find(isFolder) ?? null
}

/**
 * A test that needs peers: `age`, or `age>=1.3` for a program that must have reached a version. `run` gets their paths in the
 * order they are named in.
 */
export function itWith(
  peers: string | readonly string[],
  title: string,
  run: (...paths: string[]) => Promise<void> | void,
): void {
  const wanted = typeof peers === 'string' ? [peers] : peers
  const found = wanted.map(findWanted)
  const missing = wanted.filter((_, index) => found[index] === null).join(' and ')
  if (missing === '') it(title, () => run(...found.filter((path) => path !== null)))
  else if (inCI) it(title, () => Promise.reject(new Error(`needs ${missing}, which CI must provide`)))
  else it.skip(`${title} (needs ${missing})`)
}

function findWanted(peer: string): string | null {
  const [name = '', least] = peer.split('>=')
  const path = findPeer(name)
  return path === null || least === undefined || versionOf(path).localeCompare(least, 'en', { numeric: true }) >= 0
    ? path
    : null
}

function versionOf(program: string): string {
  return /\d+(?:\.\d+)+/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0] ?? '0'
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
