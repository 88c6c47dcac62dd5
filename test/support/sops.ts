import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A sops of some version, at work in a folder of its own. */
export class Sops {
  readonly folder = mkdtempSync(join(tmpdir(), 'sealward-sops-'))
  readonly version: string
  readonly #program: string
  readonly #env: Record<string, string>

  constructor(program: string, identityFile: string, env: Record<string, string> = {}) {
    this.#program = program
    this.#env = { PATH: process.env.PATH ?? '', HOME: this.folder, SOPS_AGE_KEY_FILE: identityFile, ...env }
    this.version = /\d+\.\d+\.\d+/.exec(this.run('--version', '--disable-version-check'))?.[0] ?? '?'
  }

  /** Runs it with paths relative to the folder. Throws when it fails. */
  run(...args: string[]): string {
    return execFileSync(this.#program, args, { cwd: this.folder, env: this.#env, encoding: 'utf8', stdio: 'pipe' })
  }

  write(name: string, text: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), text)
  }

  read(name: string): Buffer {
    return readFileSync(join(this.folder, name))
  }

  /** `sops --encrypt`, in the form that every version knows. */
  encrypt(plain: string | Uint8Array, ...flags: string[]): Buffer {
    this.write('plain.env', plain)
    return Buffer.from(this.run('--encrypt', ...flags, 'plain.env'))
  }

  /** The same under a `.sops.yaml`. */
  encryptUnder(config: string, plain: string | Uint8Array): Buffer {
    this.write('.sops.yaml', config)
    try {
      return this.encrypt(plain)
    } finally {
      rmSync(join(this.folder, '.sops.yaml'))
    }
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }
}
