import { readLogin } from '../../src/core/credential/login-variables.ts'
import type { Rotated } from '../../src/core/credential/machine/outcome.ts'
import { recordPath } from '../../src/core/credential/record/place.ts'
import { readRecord } from '../../src/core/credential/record/read-record.ts'
import type { RotationRecord } from '../../src/core/credential/record/record.ts'
import { parsePolicy } from '../../src/core/policy/policy.ts'
import type { CredentialRule, RotationPolicy } from '../../src/core/policy/sections/rotation.ts'
import { type RotateSecretRequest, rotateSecrets } from '../../src/tasks/credentials/rotate-secret.ts'
import type { RotateSecretWorld } from '../../src/tasks/steps/credential/run.ts'
import type { CredentialSystems } from '../../src/tasks/world/credentials.ts'
import type { Verdict } from '../../src/tasks/world/verifier.ts'
import { type FakeBranch, fakeBranch } from '../fakes/credentials/branch.ts'
import { ADMIN, fakeDatabase } from '../fakes/credentials/database.ts'
import { type Doom, type Mortality, mortality } from '../fakes/credentials/mortal.ts'
import { fixedKeys } from '../fakes/fixed-keys.ts'
import { ProcessEnd } from '../fakes/mortal-files.ts'
import { documentOf } from './documents.ts'
import { type Member, open, seal } from './sealing.ts'

export const FILE = 'production/.env.encrypted'
export const NAME = 'orders-db'
export const RECORD = recordPath(NAME)
const HOUR = 60 * 60 * 1000

export type SceneKind = 'single' | 'dual' | 'alternating' | 'issue'

const MEMORY: Readonly<Record<SceneKind, Omit<SceneSystem, 'systems'>>> = {
  single: inMemory('postgres', 'app', 'strategy: single'),
  dual: inMemory('mysql', 'app', 'strategy: dual, grace: 24h'),
  alternating: inMemory('postgres', 'app_a', 'strategy: alternating, users: [app_a, app_b], grace: 24h'),
  issue: {
    entry:
      'user: API_USER, password: API_KEY, driver: command, strategy: dual, grace: 24h, options: { argv: ["./x"], issue: true }',
    values: { API_KEY: 'first', API_USER: 'app' },
    first: { user: 'app', password: 'first' },
  },
}

function inMemory(scheme: string, user: string, strategy: string): Omit<SceneSystem, 'systems'> {
  return {
    entry: `url: DATABASE_URL, admin: { user: PG_ADMIN_USER, password: PG_ADMIN }, ${strategy}`,
    values: {
      DATABASE_URL: `${scheme}://${user}:first@db.example/orders`,
      ...{ PG_ADMIN: 'admin-password', PG_ADMIN_USER: ADMIN },
    },
    first: { user, password: 'first' },
  }
}

/** A system, and how sealward.yml and the file speak of it. */
export interface SceneSystem {
  /** In flow style, without name and path. */
  readonly entry: string
  readonly values: Readonly<Record<string, string>>
  readonly first: { readonly user: string; readonly password: string }
  readonly systems: CredentialSystems
}

export interface SceneOptions {
  readonly member: Member
  /** In place of the one in memory, which nothing asks then. */
  readonly system?: SceneSystem
  readonly byRequest?: boolean
  /** Lines of the entry in sealward.yml beside the usual ones, in flow style. */
  readonly entry?: string
  /** The sealward.yml has a ledger. */
  readonly ledger?: boolean
}

/** A repository with one credential, the system that knows it, and runs of Sealward that may be killed. */
export class CredentialScene {
  readonly database = fakeDatabase({ [ADMIN]: ['admin-password'], app: ['first'], app_a: ['first'], app_b: ['never'] })
  readonly remote: FakeBranch
  /** The login that the file had in the beginning. */
  readonly first: SceneSystem['first']
  readonly said: string[] = []
  /** Every password that a log would have been told to hide. */
  readonly hidden = new Set<string>()
  /** What checks come to, one after the other; all others pass. */
  readonly verdicts: Verdict[] = []
  /** Of calls of ports that the last run made. */
  calls = 0
  now = new Date('2026-03-04T05:00:00Z')
  readonly stop = { asked: false }
  readonly #member: Member
  readonly #yaml: string
  readonly #policy: RotationPolicy
  readonly #systems: CredentialSystems
  #edited: Partial<CredentialRule> = {}
  #look = async () => {}

  constructor(kind: SceneKind, options: SceneOptions, bytes: Uint8Array) {
    const { entry, first, systems } = options.system ?? this.#inMemory(kind)
    this.#member = options.member
    this.first = first
    this.#systems = systems
    this.#yaml = policyText(entry, options)
    this.#policy = parsePolicy(this.#yaml, 'sealward.yml').rotation
    this.remote = fakeBranch({ [FILE]: bytes }, { now: () => this.now, byRequest: options.byRequest ?? false })
  }

  #inMemory(kind: SceneKind): SceneSystem {
    return { ...MEMORY[kind], systems: { open: async () => this.database.system } }
  }

  /** @returns null when the process was killed */
  async run(wishes: Partial<RotateSecretRequest> = {}, doom: Doom | null = null): Promise<Rotated | null> {
    const mortal = mortality(doom, () => this.#look())
    const request: RotateSecretRequest = {
      policy: this.#policy,
      credentials: this.#policy.credentials.map((rule) => ({ ...rule, ...this.#edited })),
      ...{ dryRun: false, emergency: false, rollback: false, retry: false, force: false, reason: null },
      ...wishes,
    }
    try {
      return (await rotateSecrets(request, this.#world(mortal)))[0]!
    } catch (error) {
      if (error instanceof ProcessEnd) return null
      throw error
    } finally {
      this.calls = mortal.calls()
    }
  }

  #world({ wrap }: Mortality): RotateSecretWorld {
    const [branch, requests] = [wrap(this.remote.branch), wrap(this.remote.requests)]
    const config = { file: 'sealward.yml', bytes: Buffer.from(this.#yaml) }
    const say = (text: string) => void this.said.push(text)
    return {
      systems: { open: async (target) => wrap(await this.#systems.open(target)) },
      deliveries: { open: async () => ({ branch, requests }) },
      locks: { within: (_, work) => work() },
      verifier: wrap({ verify: async () => this.verdicts.shift() ?? { kind: 'passed' as const } }),
      keys: fixedKeys(this.#member.identity),
      configs: {
        nearest: async (names, path) => (names.includes(config.file) ? { ...config, relative: path } : null),
      },
      files: { read: async () => null },
      clock: { now: () => this.now },
      actors: { current: async () => ({ via: 'git', name: 'somebody' }) },
      teller: { warn: say, note: say },
      stop: this.stop,
      hide: (secret) => void this.hidden.add(secret.reveal()),
    }
  }

  /** The credential that is committed on the rotation's own branch, or on the one that counts. */
  async committed(where: 'own' | 'counting' = 'own'): Promise<SceneSystem['first']> {
    const { user, password } = readLogin(this.#policy.credentials[0]!.variables, await this.#opened(where), FILE).login
    return { user, password: password.reveal() }
  }

  async values(): Promise<Record<string, string>> {
    return Object.fromEntries(await this.#opened('own'))
  }

  async record(): Promise<RotationRecord | null> {
    const found = this.remote.files.get(RECORD)
    return found === undefined ? null : readRecord(await openCached(found, this.#member), RECORD)
  }

  /** Somebody edits the entry of sealward.yml. */
  rule(change: Partial<CredentialRule>): void {
    this.#edited = change
  }

  later(hours: number): void {
    this.now = new Date(this.now.getTime() + hours * HOUR)
  }

  /** Runs after every call of a port. */
  watchEvery(look: () => Promise<void>): void {
    this.#look = look
  }

  async #opened(where: 'own' | 'counting'): Promise<Map<string, string>> {
    const from = where === 'own' ? this.remote.files : this.remote.counting
    const { variables } = await openCached(from.get(FILE)!, this.#member)
    return new Map([...variables].map(([name, { value }]) => [name, value]))
  }
}

export async function credentialScene(kind: SceneKind, options: SceneOptions): Promise<CredentialScene> {
  const values = options.system?.values ?? MEMORY[kind].values
  return new CredentialScene(kind, options, await seal(documentOf({ OTHER: 'stays', ...values }), [options.member]))
}

function policyText(entry: string, { byRequest, entry: more, ledger }: SceneOptions): string {
  const fields = [`name: ${NAME}`, `path: ${FILE}`, 'generate: { exclude: "~" }', entry, ...(more ? [more] : [])]
  return [
    ...(ledger ? ['ledger: true'] : []),
    'rotation:',
    `  delivery: { mode: ${byRequest ? 'pull-request' : 'commit'} }`,
    '  credentials:',
    `    - { ${fields.join(', ')} }`,
    '',
  ].join('\n')
}

/** What was opened once is not opened again: the tests look after every step. */
const cache = new WeakMap<Uint8Array, ReturnType<typeof open>>()

function openCached(bytes: Uint8Array, member: Member): ReturnType<typeof open> {
  const known = cache.get(bytes) ?? open(bytes, member.identity)
  cache.set(bytes, known)
  return known
}
