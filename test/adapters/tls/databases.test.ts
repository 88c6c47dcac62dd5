import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { openEndpoints } from '../../../src/adapters/tls/endpoints.ts'
import type { EndpointAnswer } from '../../../src/tasks/world/endpoint.ts'
import { serverFor, withOpenssl } from '../../core/certificate/authority.ts'
import { itWith } from '../../peers.ts'
import { endpointAt } from './servers.ts'

/** Databases refuse to run as root: there, they run as nobody. */
const NOBODY = 65534
const asNobody = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}

/** Real servers of databases, each in a folder of its own, with their certificate in it. */
class Databases {
  readonly #processes: ChildProcess[] = []
  readonly #folders: string[] = []

  /** @returns a folder with `key.pem` and `cert.pem` that the server may write in */
  folder(files: Readonly<Record<string, string>>): string {
    const folder = mkdtempSync(join(tmpdir(), 'sealward-database-'))
    this.#folders.push(folder)
    chmodSync(folder, 0o755)
    mkdirSync(join(folder, 'data'))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o600 })
    if ('uid' in asNobody)
      for (const name of ['', 'data', ...Object.keys(files)]) chownSync(join(folder, name), NOBODY, NOBODY)
    return folder
  }

  prepare(program: string, args: readonly string[], cwd: string): void {
    execFileSync(program, args, { ...asNobody, cwd, stdio: 'pipe', env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } })
  }

  /** Waits until it listens. */
  async start(program: string, args: readonly string[], { cwd, port }: { cwd: string; port: number }): Promise<void> {
    const child = spawn(program, args, {
      ...asNobody,
      cwd,
      stdio: 'ignore',
      env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' },
    })
    this.#processes.push(child)
    for (let tries = 0; tries < 300; tries += 1) {
      if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`)
      if (await isOpen(port)) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`${program} does not listen`)
  }

  async close(): Promise<void> {
    for (const child of this.#processes.filter(({ exitCode }) => exitCode === null)) {
      child.kill('SIGQUIT')
      const hard = setTimeout(() => child.kill('SIGKILL'), 3000)
      await new Promise((resolve) => child.once('exit', resolve))
      clearTimeout(hard)
    }
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    socket.on('connect', () => socket.destroy())
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

async function ask(port: number, starttls: 'postgres' | 'mysql' | null): Promise<EndpointAnswer> {
  const limits = { atOnce: 1, eachMs: 5000, allMs: 5000 }
  const [answer] = await openEndpoints(limits).ask([endpointAt(port, { starttls, servername: 'db.example.org' })])
  return answer!
}

const nameOf = (answer: EndpointAnswer) =>
  answer.kind === 'served' ? new X509Certificate(answer.chain[0]!).subject.split('CN=').at(-1) : answer.kind

withOpenssl('asking real databases for their certificates', (openssl) => {
  const databases = new Databases()
  afterAll(() => databases.close(), 30_000)
  const { key, pem } = openssl.issue({ cn: 'db.example.org', extensions: serverFor('DNS:db.example.org') })
  const files = { 'key.pem': key, 'cert.pem': pem }

  describe('PostgreSQL', () => {
    async function startPostgres(initdb: string, postgres: string, settings: readonly string[]): Promise<number> {
      const [cwd, port] = [databases.folder(files), await freePort()]
      databases.prepare(initdb, ['-D', join(cwd, 'data'), '--auth=reject', '--username=app', '--no-sync'], cwd)
      const own = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off', ...settings]
      await databases.start(postgres, ['-D', join(cwd, 'data'), ...own.flatMap((setting) => ['-c', setting])], {
        cwd,
        port,
      })
      return port
    }

    itWith(['initdb', 'postgres'], 'serves its certificate after SSLRequest', async (initdb, postgres) => {
      const tls = ['ssl=on', 'ssl_key_file=../key.pem', 'ssl_cert_file=../cert.pem']
      const port = await startPostgres(initdb!, postgres!, tls)
      expect(nameOf(await ask(port, 'postgres'))).toBe('db.example.org')
    })

    itWith(['initdb', 'postgres'], 'without TLS says so', async (initdb, postgres) => {
      expect(nameOf(await ask(await startPostgres(initdb!, postgres!, ['ssl=off']), 'postgres'))).toBe('no-tls')
    })
  })

  describe('MariaDB', () => {
    async function startMariadb(install: string, mariadbd: string, settings: readonly string[]): Promise<number> {
      const [cwd, port] = [databases.folder(files), await freePort()]
      const data = `--datadir=${join(cwd, 'data')}`
      databases.prepare(
        install,
        ['--no-defaults', data, '--auth-root-authentication-method=normal', '--skip-test-db'],
        cwd,
      )
      const own = [`--port=${port}`, '--bind-address=127.0.0.1', `--socket=${join(cwd, 's')}`, '--skip-log-bin']
      await databases.start(mariadbd, ['--no-defaults', data, ...own, ...settings], { cwd, port })
      return port
    }

    itWith(['mariadb-install-db', 'mariadbd'], 'serves its certificate after SSLRequest', async (install, mariadbd) => {
      const port = await startMariadb(install!, mariadbd!, ['--ssl-key=../key.pem', '--ssl-cert=../cert.pem'])
      expect(nameOf(await ask(port, 'mysql'))).toBe('db.example.org')
    })

    itWith(['mariadb-install-db', 'mariadbd'], 'without TLS says so', async (install, mariadbd) => {
      expect(nameOf(await ask(await startMariadb(install!, mariadbd!, ['--skip-ssl']), 'mysql'))).toBe('no-tls')
    })
  })
})
