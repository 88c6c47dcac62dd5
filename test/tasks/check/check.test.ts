import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { CertificateGroup } from '../../../src/core/certificate/container/container.ts'
import { readContainer } from '../../../src/core/certificate/container/read-container.ts'
import { failsCheck } from '../../../src/core/check/fail-on.ts'
import type { Judged } from '../../../src/core/check/judged.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { type CheckRequest, type CheckWorld, check } from '../../../src/tasks/check/check.ts'
import type { ScanStep } from '../../../src/tasks/world/scan/source.ts'
import type { Configs } from '../../../src/tasks/world.ts'
import { type MemoryCommit, memoryHistory, NO_HISTORY } from '../../fakes/memory-history.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { newMember, refusal, seal } from '../../support/sealing.ts'

const [ada, ben] = [await newMember(), await newMember()]
const DAY = 24 * 60 * 60 * 1000
const NOW = new Date('2026-11-21T00:00:00Z')
const ENV = '.env.production.encrypted'

/** `modern.p12` was made by openssl; its password is `vector`. */
const KEYSTORE = readFileSync('test/vectors/certificate/modern.p12')
const PRESENTED = readContainer(KEYSTORE, ['vector'])!.groups.find(({ keys }) => keys.length > 0)!
const SERVER = PRESENTED.certificates.map(({ certificate }) => certificate).find(({ isAuthority }) => !isAuthority)!
const AT_ISSUE = new Date(SERVER.notBefore.getTime() + DAY)

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY)
}

function sealed(values: Readonly<Record<string, string>>, members = [ada]): Promise<Uint8Array> {
  return seal(
    Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value })),
    members,
  )
}

interface Scene {
  readonly files: Readonly<Record<string, Uint8Array | string>>
  /** Without it the files were committed 10 days ago, as they are. */
  readonly commits?: readonly MemoryCommit[]
  readonly key?: boolean
  readonly steps?: readonly ScanStep[]
  readonly world?: Partial<CheckWorld>
}

async function ask({ files, commits, key = true, steps, world = {} }: Scene, request: Partial<CheckRequest> = {}) {
  const memory = memoryWorld(files, key ? ada.identity : null)
  const committed = Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]))
  const listed = steps ?? Object.keys(files).map((path): ScanStep => ({ kind: 'place', path }))
  const source = {
    what: 'files',
    async *steps() {
      yield* listed
    },
  }
  const history = memoryHistory(commits ?? [{ date: daysAgo(10), files: committed }])
  const asked = { paths: [], environment: null, now: NOW, ...request }
  const { report, settings } = await check(asked, { ...memory, source, history, ...world })
  const { judged, notes } = report
  return { report, settings, judged, notes: notes.map(({ message }) => message), rows: judged.map(rowOf), memory }
}

function rowOf({ name, rule, level }: Judged): string {
  return `${name} ${rule} ${level}`
}

/** With no signature: a date is read, and nothing is trusted for it. */
function tokenUntil(end: Date): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${encode({ alg: 'HS256' })}.${encode({ iat: daysAgo(60).getTime() / 1000, exp: end.getTime() / 1000 })}.${'A'.repeat(43)}`
}

function pemOf({ certificates, keys }: CertificateGroup): { readonly chain: string; readonly key: string } {
  return {
    chain: certificates.map(({ certificate }) => certificate.x509.toString()).join(''),
    key: String(keys[0]!.export({ type: 'pkcs8', format: 'pem' })),
  }
}

describe('check', () => {
  it('judges secrets by their age, and settings not at all, without a sealward.yml', async () => {
    const before = await sealed({ API_KEY: 'one', DATABASE_URL: 'two', LOG_LEVEL: 'info' })
    const after = await sealed({ API_KEY: 'one', DATABASE_URL: 'three', LOG_LEVEL: 'info' })
    const commits = [
      { date: daysAgo(60), files: { [ENV]: before } },
      { date: daysAgo(5), files: { [ENV]: after } },
    ]
    const { judged, rows, notes, settings } = await ask({ files: { [ENV]: after }, commits })
    expect(rows).toEqual(['API_KEY rotate-every overdue', 'DATABASE_URL rotate-every ok'])
    expect(judged[0]).toMatchObject({ environment: 'production', place: { file: ENV, line: 1 }, sinceIsExact: true })
    expect(judged[0]!.since).toEqual(daysAgo(60))
    expect(notes).toEqual([])
    expect(settings.failOn).toBe('overdue')
  })

  it('without a key says that ages are bounds and that values were not looked at', async () => {
    const files = { [ENV]: await sealed({ API_KEY: tokenUntil(NOW) }) }
    const commits = [
      { date: daysAgo(60), files: { [ENV]: await sealed({ API_KEY: 'x' }) } },
      { date: daysAgo(20), files },
    ]
    const { judged, notes } = await ask({ files, commits, key: false })
    expect(judged.map(rowOf)).toEqual(['API_KEY rotate-every ok'])
    expect(judged[0]).toMatchObject({ since: daysAgo(20), sinceIsExact: false })
    expect(notes).toEqual([
      'not opened: when its values end by themselves is not looked at',
      'not opened: 2 versions of files; there, ages are bounds by their encrypted lines',
    ])
  })

  it('reads the end of a token out of its value, and no message has any of it', async () => {
    const token = tokenUntil(daysAgo(2))
    const { report, rows } = await ask({ files: { [ENV]: await sealed({ PARTNER_TOKEN: token }) } })
    expect(rows).toEqual(['PARTNER_TOKEN rotate-every ok', 'PARTNER_TOKEN expires overdue'])
    for (const part of token.split('.')) expect(JSON.stringify(report)).not.toContain(part.slice(0, 12))
  })

  it('lets an exemption count through its last day, and judges the exemption itself', async () => {
    const policy = `
secrets:
  - name: OLD_KEY
    exempt: { reason: x, until: 2026-11-20, approved-by: ada }
  - name: API_KEY
    exempt: { reason: the words of it, until: 2026-11-21, approved-by: ada }
`
    const files = { 'sealward.yml': policy, [ENV]: await sealed({ API_KEY: 'one', OLD_KEY: 'two' }) }
    const commits = [{ date: daysAgo(60), files: { [ENV]: files[ENV] as Uint8Array } }]
    const { rows, judged, report } = await ask({ files, commits })
    expect(rows).toEqual([
      'API_KEY rotate-every ok',
      'OLD_KEY rotate-every overdue',
      'OLD_KEY exemption-end late',
      'API_KEY exemption-end due',
    ])
    expect(judged[0]!.message).toBe('was last changed 60 days ago; every 30 is asked; exempt until 2026-11-21')
    expect(judged[0]!.reasons[0]).toBe('overdue, but exempt: secrets[1], sealward.yml:5')
    expect(JSON.stringify(report)).not.toContain('the words of it')
  })

  it('names who left, and files that are encrypted to others than sealward.yml says', async () => {
    const files = {
      'sealward.yml': `recipients: { ada: ${ada.recipient.text} }\ncheck: { fail-on: never }\n`,
      [ENV]: await sealed({ A: 'one' }, [ada, ben]),
    }
    const { report, rows, settings } = await ask({ files })
    expect(rows).toContain(`${ben.recipient.text.slice(0, 16)}... not-in-policy overdue`)
    expect(failsCheck(report, settings.failOn)).toBe(false)
    expect(failsCheck(report, 'overdue')).toBe(true)
  })

  it('asks only about the environment or the paths that are named, and then nothing of the policy as a whole', async () => {
    const policy = `
environments: { eu: { kind: production, paths: ["eu/**"] } }
secrets:
  - { name: X, exempt: { reason: x, until: 2026-01-01, approved-by: ada } }
certificates: [{ path: "certs/*.pem" }]
`
    const files = {
      'sealward.yml': policy,
      [ENV]: await sealed({ API_KEY: 'one' }),
      'eu/.env.encrypted': await sealed({ EU_KEY: 'two' }),
    }
    expect((await ask({ files })).rows).toHaveLength(3)
    expect((await ask({ files })).notes).toEqual(['certificates[0] means no file and no variable that there is'])
    const eu = await ask({ files }, { environment: 'eu' })
    expect([eu.rows, eu.notes]).toEqual([['EU_KEY rotate-every ok'], []])
    expect((await ask({ files }, { paths: ['eu'] })).rows).toEqual(['EU_KEY rotate-every ok'])
    expect((await ask({ files }, { paths: [ENV] })).rows).toEqual(['API_KEY rotate-every ok'])
    const refused = await refusal(() => ask({ files }, { environment: 'us' }))
    expect([refused.code, refused.hint]).toEqual(['not-found', 'there are eu, production'])
    expect((await refusal(() => ask({ files }, { paths: ['e'] }))).code).toBe('not-found')
  })

  it('takes one sealward.yml for one, however many files it is the nearest of', async () => {
    const policy = 'secrets: [{ name: X, exempt: { reason: x, until: 2026-01-01, approved-by: ada } }]\n'
    const one = await sealed({ API_KEY: 'one' })
    const files = { 'sealward.yml': policy, [ENV]: one, 'a/.env.encrypted': one, 'b/.env.encrypted': one }
    const { configs } = memoryWorld(files)
    const nearest: Configs['nearest'] = async (names, path) => {
      const found = await configs.nearest(names, path)
      return found === null ? null : { ...found, bytes: Uint8Array.from(found.bytes) }
    }
    const { rows } = await ask({ files, world: { configs: { nearest } } })
    expect(rows.filter((row) => row.includes('exemption-end'))).toEqual(['X exemption-end late'])
  })

  it('goes on without what is damaged, what a sparse checkout leaves out and links, and says the first two', async () => {
    const good = await sealed({ API_KEY: 'one' })
    const files = { [ENV]: good, 'bad.env.encrypted': 'A=b\n', 'link.env.encrypted': good }
    const steps: ScanStep[] = [
      { kind: 'place', path: ENV },
      { kind: 'place', path: 'bad.env.encrypted' },
      { kind: 'place', path: 'far/.env.encrypted', id: 'a'.repeat(40) },
      { kind: 'place', path: 'link.env.encrypted', link: true },
      { kind: 'unread', path: 'sub', why: 'a submodule' },
    ]
    const { rows, report } = await ask({ files, steps })
    expect(rows).toEqual(['API_KEY rotate-every ok'])
    expect(report.notes.map(({ place, message }) => `${place?.file}: ${message}`)).toEqual([
      'far/.env.encrypted: a sparse checkout leaves it out, so it is not looked at',
      'bad.env.encrypted: this is not an encrypted file: it has no sops metadata',
    ])
  })

  it('says where there is no history, or not all of it', async () => {
    const files = { [ENV]: await sealed({ API_KEY: 'one' }) }
    expect((await ask({ files, world: { history: NO_HISTORY } })).notes).toEqual([
      'history cannot be read, so the age of values is not known: this is no repository',
    ])
    const shallow = memoryHistory([{ date: daysAgo(3), files }], true)
    const { judged, notes } = await ask({ files, world: { history: shallow } })
    expect(judged[0]).toMatchObject({ since: daysAgo(3), sinceIsExact: false })
    expect(notes[0]).toMatch(/^this is a shallow clone/)
  })

  it('reads each place of keys once, and fails for a file of keys that was named and is not there', async () => {
    const files = { [ENV]: await sealed({ A: 'one' }), 'b/.env.encrypted': await sealed({ B: 'two' }) }
    const { memory } = await ask({ files })
    expect((memory.keys as unknown as { read: string[] }).read).toEqual(['place 1'])
    const read = () => Promise.reject(new SealwardError('io', 'no such file'))
    const keys = { places: () => [{ name: '-i x', read }] }
    expect((await refusal(() => ask({ files, world: { keys } }))).code).toBe('io')
  })

  it('refuses to find nothing in order', async () => {
    expect((await refusal(() => ask({ files: { 'a.txt': 'x' } }))).code).toBe('not-found')
  })
})

describe('certificates', () => {
  const { chain, key } = pemOf(PRESENTED)
  const [name = ''] = [SERVER.name]

  it('in files are judged as their entry says: host, key, owner, and the entry is the reason', async () => {
    const policy = `
certificates:
  - { path: "certs/*.pem", hosts: [vector.example.org], key: { secret: TLS_KEY }, owner: octo-org/ops, floor: 10y }
  - { path: "certs/*", hosts: [other.example.org] }
`
    const files = { 'sealward.yml': policy, 'certs/shop.pem': chain, [ENV]: await sealed({ TLS_KEY: key }) }
    const { judged } = await ask({ files }, { now: AT_ISSUE })
    const lifetime = judged.find(({ name: one, rule }) => one === name && rule === 'certificate-lifetime')
    expect(lifetime).toMatchObject({ level: 'due', owners: ['octo-org/ops'], place: { file: 'certs/shop.pem' } })
    expect(lifetime!.reasons).toContain('certificates[0], sealward.yml:3')
    expect(judged.map(({ rule }) => rule)).not.toContain('certificate-key')
    expect(judged.map(({ rule }) => rule)).not.toContain('certificate-host')
  })

  it('are compared with the key that belongs to them', async () => {
    const policy = 'certificates: [{ path: shop.pem, key: { secret: TLS_KEY } }]\n'
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const other = String(privateKey.export({ type: 'pkcs8', format: 'pem' }))
    const files = { 'sealward.yml': policy, 'shop.pem': chain, [ENV]: await sealed({ TLS_KEY: other }) }
    expect((await ask({ files }, { now: AT_ISSUE })).rows).toContain(`${name} certificate-key overdue`)
    const none = { ...files, [ENV]: await sealed({ TLS_KEY: 'no key' }) }
    const missing = 'certificates[0].key means no private key that can be read: whether it fits is not judged'
    expect((await ask({ files: none }, { now: AT_ISSUE })).notes).toEqual([missing])
    expect((await ask({ files: none, key: false }, { now: AT_ISSUE })).notes).not.toContain(missing)
  })

  it('in a keystore are opened with the password that a variable has', async () => {
    const policy = 'certificates: [{ path: "*.p12", password: STORE_PASSWORD }]\n'
    const files = { 'sealward.yml': policy, 'a.p12': KEYSTORE, [ENV]: await sealed({ STORE_PASSWORD: 'vector' }) }
    expect((await ask({ files }, { now: AT_ISSUE })).rows.join('\n')).toContain('certificate-lifetime ok')
    const { rows, report } = await ask({ files, key: false }, { now: AT_ISSUE })
    expect(rows.join('\n')).not.toContain('certificate-lifetime')
    expect(report.notes.map(({ place }) => place?.file)).toContain('a.p12')
  })

  it('in values are found without an entry, in base64 too, at the line and under the name of the variable', async () => {
    const policy = `
secrets:
  - { name: TLS_CERT, owner: octocat, exempt: { reason: x, until: 2040-01-01, approved-by: ada } }
`
    const base64 = Buffer.from(chain).toString('base64')
    const files = { 'sealward.yml': policy, [ENV]: await sealed({ LOG_LEVEL: 'x', TLS_CERT: base64 }) }
    const late = new Date(SERVER.notAfter!.getTime() + DAY)
    const { judged } = await ask({ files }, { now: late })
    const expired = judged.find((one) => one.name === `TLS_CERT: ${name}` && one.rule === 'certificate-lifetime')
    expect(expired).toMatchObject({ level: 'ok', place: { file: ENV, line: 2 }, owners: ['octocat'] })
    expect(expired!.reasons[0]).toMatch(/^overdue, but exempt/)
  })

  it('in a file that is named need no entry, and a file with none is said', async () => {
    const files = { 'shop.pem': chain, 'notes.txt': 'x' }
    const { rows, notes } = await ask({ files }, { paths: ['shop.pem', 'notes.txt'], now: AT_ISSUE })
    expect(rows.join('\n')).toContain(`${name} certificate-lifetime ok`)
    expect(notes).toEqual(['there is no certificate in it that can be read'])
  })

  it('of a kubeconfig stand beside its tokens, which end as others do', async () => {
    const token = tokenUntil(daysAgo(1))
    const kubeconfig = `apiVersion: v1\nkind: Config\nusers:\n  - name: ci\n    user: { token: ${token} }\n`
    const files = { 'sealward.yml': 'certificates: [{ path: kubeconfig }]\n', kubeconfig }
    const { rows, report } = await ask({ files })
    expect(rows).toEqual(['ci expires overdue'])
    expect(JSON.stringify(report)).not.toContain(token.slice(40, 60))
  })
})
