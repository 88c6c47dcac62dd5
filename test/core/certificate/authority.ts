import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, it } from 'vitest'
import { findPeer, inCI } from '../../peers.ts'

export interface Order {
  /** The common name; `null` for none. */
  readonly cn: string | null
  readonly from?: string
  readonly to?: string
  readonly key?: string
  readonly digest?: string
  /** Lines of an openssl extension section. */
  readonly extensions?: readonly string[]
  /** Whose key signs it; without one, its own. */
  readonly by?: Issued
  /** Instead of a new key. */
  readonly keyOf?: Issued
}

export interface Issued {
  readonly name: string
  readonly pem: string
  readonly key: string
}

export const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=keyCertSign,cRLSign']
/** A list of one timestamp, all zeros: nobody verifies it. */
export const LOGGED = '1.3.6.1.4.1.11129.2.4.2=DER:04:04:00:02:00:00'

export function serverFor(...hosts: string[]): string[] {
  return ['basicConstraints=CA:FALSE', `subjectAltName=${hosts.join(',')}`, 'extendedKeyUsage=serverAuth']
}

/** Registers tests that need openssl 3 or later. Without it they are skipped by one name, and fail in CI. */
export function withOpenssl(title: string, tests: (openssl: Authority) => void): void {
  const program = findOpenssl()
  if (program === null) {
    if (inCI) it(title, () => Promise.reject(new Error('needs openssl 3, which CI must provide')))
    else it.skip(`${title} (needs openssl 3)`)
    return
  }
  const authority = new Authority(program)
  afterAll(() => authority.close())
  tests(authority)
}

/** What macOS calls openssl is LibreSSL, which lacks half of what is asked of it here. */
function findOpenssl(): string | null {
  const program = findPeer('openssl')
  const version = program === null ? '' : execFileSync(program, ['version'], { encoding: 'utf8' })
  return Number(/^OpenSSL (\d+)/.exec(version)?.[1] ?? 0) >= 3 ? program : null
}

/** An openssl at work in a folder of its own: what it makes are the real certificates and lists of these tests. */
export class Authority {
  readonly folder = mkdtempSync(join(tmpdir(), 'sealward-certificates-'))
  readonly #program: string
  #count = 0

  constructor(program: string) {
    this.#program = program
  }

  /** Dates are `YYYYMMDDHHMMSSZ`. Without them a life of 90 days from 1 June 2026. */
  issue({
    cn,
    from = '20260601000000Z',
    to = '20260829235959Z',
    key = 'ec:P-256',
    digest = 'sha256',
    ...rest
  }: Order): Issued {
    this.#count += 1
    const name = `c${this.#count}`
    const { extensions = [], by, keyOf } = rest
    if (keyOf === undefined) this.#makeKey(name, key)
    else writeFileSync(this.#path(`${name}.key`), keyOf.key)
    this.run(
      'req',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      cn === null ? '/O=Nobody' : `/O=Test/CN=${cn}`,
      '-out',
      `${name}.csr`,
    )
    this.#configure(extensions)
    const signer =
      by === undefined
        ? ['-selfsign', '-keyfile', `${name}.key`]
        : ['-cert', `${by.name}.pem`, '-keyfile', `${by.name}.key`]
    this.run(
      'ca',
      '-batch',
      '-notext',
      '-config',
      'ca.cnf',
      '-md',
      digest,
      '-startdate',
      from,
      '-enddate',
      to,
      ...signer,
      '-in',
      `${name}.csr`,
      '-out',
      `${name}.pem`,
    )
    return { name, pem: this.read(`${name}.pem`), key: this.read(`${name}.key`) }
  }

  /** The revocation list of an authority, and who is on it. `options` of `openssl ca -gencrl`. */
  list(by: Issued, revoked: readonly Issued[], ...options: string[]): string {
    this.#configure([])
    const signer = ['-config', 'ca.cnf', '-cert', `${by.name}.pem`, '-keyfile', `${by.name}.key`, '-md', 'sha256']
    for (const { name } of revoked) this.run('ca', ...signer, '-revoke', `${name}.pem`, '-crl_reason', 'keyCompromise')
    this.run('ca', '-gencrl', ...signer, ...options, '-out', 'list.pem')
    return this.read('list.pem')
  }

  run(...args: string[]): void {
    execFileSync(this.#program, args, {
      cwd: this.folder,
      stdio: 'pipe',
      env: { PATH: process.env.PATH ?? '', RANDFILE: '.rnd' },
    })
  }

  read(name: string): string {
    return readFileSync(this.#path(name), 'latin1')
  }

  bytes(name: string): Buffer {
    return readFileSync(this.#path(name))
  }

  close(): void {
    rmSync(this.folder, { recursive: true })
  }

  #path(name: string): string {
    return join(this.folder, name)
  }

  /** `ec:P-256`, `rsa:2048`, `dsa`, `ed25519` */
  #makeKey(name: string, key: string): void {
    const [type = '', size = ''] = key.split(':')
    const out = ['-out', `${name}.key`]
    if (type === 'dsa') {
      this.run('genpkey', '-genparam', '-algorithm', 'DSA', '-pkeyopt', 'dsa_paramgen_bits:1024', '-out', 'dsa.param')
      this.run('genpkey', '-paramfile', 'dsa.param', ...out)
    } else if (type === 'ed25519') this.run('genpkey', '-algorithm', 'ed25519', ...out)
    else
      this.run(
        'genpkey',
        '-algorithm',
        type.toUpperCase(),
        '-pkeyopt',
        type === 'ec' ? `ec_paramgen_curve:${size}` : `rsa_keygen_bits:${size}`,
        ...out,
      )
  }

  #configure(extensions: readonly string[]): void {
    for (const [file, content] of [
      ['index', ''],
      ['index.attr', 'unique_subject=no\n'],
      ['serial', '1001\n'],
      ['crlnumber', '01\n'],
    ]) {
      if (!existsSync(this.#path(file!))) writeFileSync(this.#path(file!), content!)
    }
    const section = extensions.length === 0 ? '' : 'x509_extensions = extensions\n'
    writeFileSync(
      this.#path('ca.cnf'),
      `[ca]\ndefault_ca = here\n[here]\ndatabase = index\nserial = serial\ncrlnumber = crlnumber\nnew_certs_dir = .\npolicy = any\n${section}default_crl_days = 30\nemail_in_dn = no\n[any]\norganizationName = optional\ncommonName = optional\n[extensions]\n${extensions.join('\n')}\n`,
    )
  }
}
