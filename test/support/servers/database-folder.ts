import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OwnProcess, startProcess } from './own-process.ts'

/** Databases refuse to run as root: there, they run as nobody. */
const NOBODY = 65534
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** A database of a test's own, with all that it writes in one folder. */
export class DatabaseFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'sealward-database-'))
  readonly data = join(this.path, 'data')
  #running: OwnProcess | null = null
  #said = ''

  constructor() {
    chmodSync(this.path, 0o755)
    mkdirSync(this.data, { mode: 0o700 })
    for (const folder of [this.path, this.data]) give(folder)
  }

  /** A file that only the server may read. */
  write(name: string, content: string): string {
    const path = join(this.path, name)
    writeFileSync(path, content, { mode: 0o600 })
    give(path)
    return path
  }

  /** Runs a program to its end. */
  prepare(program: string, args: readonly string[]): void {
    execFileSync(program, args, {
      ...asNobody,
      cwd: this.path,
      stdio: 'pipe',
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    })
  }

  async start(command: readonly [string, ...string[]], port: number): Promise<void> {
    this.#running = await startProcess(command, { cwd: this.path, ...asNobody }, port)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    await this.#running?.end(signal)
    this.#said = this.output()
    this.#running = null
  }

  async close(): Promise<void> {
    await this.stop('SIGKILL')
    rmSync(this.path, { recursive: true, force: true })
  }

  /** @returns the files, data and logs alike, that hold a text, and what the server said if that does */
  filesWith(text: string): string[] {
    const files = readdirSync(this.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const found = files
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => readFileSync(path).includes(text))
    return this.output().includes(text) ? [...found, 'output'] : found
  }

  /** What it said, since its first start. */
  output(): string {
    return this.#said + (this.#running?.output() ?? '')
  }
}

function give(path: string): void {
  if ('uid' in asNobody) chownSync(path, NOBODY, NOBODY)
}
