import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/** The package as a user gets it: packed, and installed from the tarball into a project and globally. */
export interface Installed {
  /** A project that has it in node_modules. */
  readonly project: string
  /** The prefix of a global installation. */
  readonly prefix: string
  /** What is in the tarball. */
  readonly files: readonly string[]
  remove(): void
}

interface Packed {
  readonly filename: string
  readonly files: readonly { readonly path: string }[]
}

/** Packs and installs. No registry is asked: the package has no dependencies, and npm is told that there is no network. */
export function installPackage(): Installed {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'sealward-package-')))
  const [project, prefix] = [join(home, 'project'), join(home, 'global')]
  const env = { PATH: process.env.PATH, HOME: home, npm_config_cache: join(home, 'cache') }
  const npm = (cwd: string, ...args: string[]) =>
    execFileSync('npm', [...args, '--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd,
      env,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    })
  const [packed] = JSON.parse(npm(resolve('.'), 'pack', '--json', '--pack-destination', home)) as [Packed]
  const tarball = join(home, packed.filename)
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{ "name": "consumer", "private": true }\n')
  npm(project, 'install', tarball)
  npm(home, 'install', '--global', '--prefix', prefix, tarball)
  return {
    project,
    prefix,
    files: packed.files.map(({ path }) => path),
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }),
  }
}
