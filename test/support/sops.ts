import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printIdentityFile } from '../../src/core/age/identity.ts'
import type { Member } from './sealing.ts'

/** A sops of some version, at work in a folder of its own, with the identities of an identity file. */
export class Sops {
  readonly folder = mkdtempSync(join(tmpdir(), 'sealward-sops-'))
  readonly #program: string
  readonly #env: Record<string, string>

  constructor(program: string, identities: string, env: Record<string, string> = {}) {
    this.#program = program
    this.write('keys.txt', identities)
    const keys = join(this.folder, 'keys.txt')
    this.#env = { PATH: process.env.PATH ?? '', HOME: this.folder, SOPS_AGE_KEY_FILE: keys, ...env }
  }

  version(): string {
    return /\d+\.\d+\.\d+/.exec(this.run('--version', '--disable-version-check'))?.[0] ?? '?'
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

  /** The variables of an encrypted file, exactly: its dotenv output cannot tell a line break from backslash and n. */
  variablesOf(file: Uint8Array): Record<string, unknown> {
    this.write('encrypted.env', file)
    return JSON.parse(this.run('--decrypt', '--output-type', 'json', 'encrypted.env'))
  }

  /** The comments of an encrypted file. */
  commentsOf(file: Uint8Array): string[] {
    this.write('encrypted.env', file)
    const lines = this.run('--decrypt', 'encrypted.env').split('\n')
    return lines.filter((line) => line.startsWith('#')).map((line) => line.slice(1))
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }
}

/** Runs a piece of work with a sops that has the identity of one member, and cleans up. */
export async function withSops(
  program: string,
  { identity, recipient }: Member,
  work: (sops: Sops) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  const sops = new Sops(program, printIdentityFile(identity, recipient, new Date()), env)
  try {
    await work(sops)
  } finally {
    sops.close()
  }
}

/** A line of an encrypted file without its ciphertext and whatever else differs from one writing to the next. */
export function shapeOf(line: string): string {
  return line
    .replace(/ENC\[.*\]$/, (sealed) => `ENC[...${/type:\w+/.exec(sealed)}]`)
    .replace(/^(sops_(?:age__list_\d+__map_enc|lastmodified|version)=).*/, '$1')
}
