import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { expect } from 'vitest'
import { printIdentityFile } from '../../../src/core/age/identity.ts'
import { printDotenv } from '../../../src/core/dotenv/print.ts'
import { documentOf } from '../documents.ts'
import {
  cleanEnv,
  type GitRepository,
  makeRepository,
  packageRoot,
  runProgram,
  temporaryFolder,
} from '../git-repository.ts'
import { type Member, newMember } from '../sealing.ts'

export const FILE = '.env.encrypted'
export const GROUPS = 'teams/.env.encrypted'
/** Made by sops itself, with settings of its own. */
export const THEIRS = 'theirs.env.encrypted'

export type Values = Readonly<Record<string, string>>
/** Names of those whose keys are at hand together. */
export type Hands = readonly string[]

/** What an encrypted file is to hold, and each of the hands that are to open it. */
export interface SharedFile {
  readonly values: Values
  readonly hands: readonly Hands[]
}

/** Paths of the real programs: the sops of today, and one of before. */
export interface Peers {
  readonly sops: string
  readonly old: string
}

/** What is easily lost between two programs: line ends, quotes, types, bytes beyond ASCII, and what looks like the format. */
export const VALUES: Values = {
  A: 'one',
  URL: 'postgres://u:p@h/db?x=1#y',
  QUOTED: '"two"',
  LINES: 'a\nb\\n',
  EMPTY: '',
  NUMBER: '007',
  TRUE: 'True',
  WORDS: "  é 🔑 it's ",
  MARKED: 'ENC[no]',
  PORT_unencrypted: '8080',
}
const FROM_SOPS = 'by sops: é = "1"\nand more'
const PEOPLE = ['alice', 'bob', 'carol', 'dora', 'erin', 'fresh'] as const
/** Everybody of the policy, each alone, and two of three groups. */
export const EACH: readonly Hands[] = [['alice'], ['bob'], ['carol'], ['dora']]
const PAIRS: readonly Hands[] = [
  ['alice', 'bob'],
  ['carol', 'alice'],
]

/**
 * A repository of a team that has both programs: the built `sealward` changes it, and the real sops of today and one of before open every
 * encrypted file in it. The expected values stand beside, in `files`.
 */
export class SharedRepository {
  readonly files = new Map<string, SharedFile>()
  /** What else is in the environment of sealward and git. */
  readonly env: Record<string, string> = {}
  /** Whose keys sealward has. */
  hands: Hands = ['alice', 'carol']
  /** For what is not in the repository: keys, plaintexts, programs. */
  readonly outside = temporaryFolder('outside')
  readonly git: GitRepository['git']
  readonly write: GitRepository['write']
  readonly path: string
  readonly #peers: Peers
  readonly #people: ReadonlyMap<string, Member>
  readonly #keyFiles = new Map<string, string>()

  private constructor(peers: Peers, people: ReadonlyMap<string, Member>) {
    this.#peers = peers
    this.#people = people
    const repository = makeRepository()
    this.path = repository.path
    this.write = repository.write
    this.git = (...args) => this.run('git', args)
    for (const [name, { identity, recipient }] of people)
      this.addKey(name, this.place(`${name}.txt`, printIdentityFile(identity, recipient, new Date(0))))
  }

  /** Three encrypted files and a ledger, committed. */
  static async make(peers: Peers): Promise<SharedRepository> {
    const people = await Promise.all(PEOPLE.map(async (name) => [name, await newMember()] as const))
    const made = new SharedRepository(peers, new Map(people))
    made.write('sealward.yml', made.#policy())
    const plain = made.place('plain', `# why\n\n${printDotenv(documentOf(VALUES))}`)
    for (const [path, hands] of [
      [FILE, EACH],
      [GROUPS, PAIRS],
    ] as const) {
      mkdirSync(dirname(join(made.path, path)), { recursive: true })
      made.sealward('encrypt', '-o', path, plain)
      made.files.set(path, { values: VALUES, hands })
    }
    made.#encryptWithSops()
    made.commit('begin')
    return made
  }

  /** What starts the built command, behind the path of Node. */
  readonly program = [join(packageRoot, 'dist', 'cli.js')]

  /** Runs the built command; throws unless it ends well. */
  sealward(...args: string[]): string {
    return this.run(process.execPath, [...this.program, ...args])
  }

  /** @param status the exit code that is right @returns what it printed and said */
  run(program: string, args: readonly string[], status = 0): string {
    const done = runProgram(program, args, { cwd: this.path, env: this.#environment() })
    expect(done.status, `${args.join(' ')}: ${done.stdout}${done.stderr}`).toBe(status)
    return done.stdout + done.stderr
  }

  /** Today's sops in the repository; throws unless it ends well. */
  sops(hands: Hands, ...args: string[]): string {
    return this.#sops(this.#peers.sops, hands, args)
  }

  /** Writes a file outside of the repository. @returns its path */
  place(name: string, text: string, mode = 0o600): string {
    const path = join(this.outside, name)
    writeFileSync(path, text)
    chmodSync(path, mode)
    return path
  }

  /** Somebody new, or another key of somebody. */
  addKey(name: string, file: string): void {
    this.#keyFiles.set(name, file)
  }

  recipientOf(name: string): string {
    return this.#people.get(name)!.recipient.text
  }

  keyFileOf(hands: Hands): string {
    const texts = hands.map((name) => readFileSync(this.#keyFiles.get(name)!, 'utf8'))
    return this.place(`hands-${hands.join('-')}.txt`, texts.join(''))
  }

  policy(change: (text: string) => string): void {
    const text = readFileSync(join(this.path, 'sealward.yml'), 'utf8')
    const changed = change(text)
    expect(changed).not.toBe(text)
    this.write('sealward.yml', changed)
  }

  /** Past the hooks, which are proved elsewhere. */
  commit(message: string): void {
    this.git('add', '--all')
    this.git('commit', '--quiet', '--no-verify', '--message', message)
  }

  /** Changes what is expected of a file: its values, its hands, or both. */
  expects(path: string, change: Partial<SharedFile>): void {
    this.files.set(path, { values: VALUES, hands: EACH, ...this.files.get(path), ...change })
  }

  /** No encrypted file is too many or too few, and real sops opens each, whichever of the right hands it is in. */
  everyFileOpens({ old = true }: { readonly old?: boolean } = {}): void {
    expect(this.#encryptedFiles()).toEqual([...this.files.keys()].toSorted())
    for (const [path, { values, hands }] of this.files) {
      for (const each of hands)
        expect(this.#readBySops(this.#peers.sops, path, each), `${path} by ${each}`).toEqual(values)
      if (old) expect(this.#readBySops(this.#peers.old, path, hands[0]!), `${path} by sops-old`).toEqual(values)
    }
  }

  /** sops sets a value in every encrypted file, and sealward reads all of it. */
  sopsGoesOn(): void {
    for (const [path, { values, hands }] of this.files) {
      this.sops(hands[0]!, 'set', ...typesOf(path, 'output'), path, '["FROM_SOPS"]', JSON.stringify(FROM_SOPS))
      const expected = { ...values, FROM_SOPS }
      const spelled = isTree(path) ? inCapitals(expected) : expected
      expect(this.readBySealward(path, hands[0]!), `${path} by sealward`).toEqual(spelled)
      this.expects(path, { values: expected })
    }
  }

  /** What sealward decrypts. A file of YAML or JSON is imported for it, which spells names in capitals. */
  readBySealward(path: string, hands: Hands): Values {
    const keys = this.keyFileOf(hands)
    const file = isTree(path) ? join(this.outside, 'imported.env.encrypted') : path
    if (isTree(path))
      this.sealward('import', 'sops', path, '-i', keys, '-o', file, '--force', '-r', this.recipientOf(hands[0]!))
    const args = ['decrypt', '--allow-any-name', '--format', 'json', '-i', keys, file]
    const cli = join(packageRoot, 'dist', 'cli.js')
    return JSON.parse(
      execFileSync(process.execPath, [cli, ...args], {
        cwd: this.path,
        env: cleanEnv as NodeJS.ProcessEnv,
        encoding: 'utf8',
      }),
    )
  }

  #policy(): string {
    const people = EACH.flat().map((name) => `  ${name}: ${this.recipientOf(name)}\n`)
    const groups = '    key-groups: [[alice], [bob], [carol]]\n    threshold: 2\n'
    return `ledger: true\nrecipients:\n${people.join('')}files:\n  - path: teams/**\n${groups}`
  }

  #encryptWithSops(): void {
    const values = { A: 'one', TOKEN: 'x y', HOST: 'open' }
    const plain = this.place('theirs.env', 'A=one\n# why\nTOKEN=x y\nHOST=open\n')
    const recipients = EACH.flat().map((name) => this.recipientOf(name))
    const settings = ['--encrypted-regex', '^(A|TOKEN)$', '--mac-only-encrypted', '--age', recipients.join(',')]
    this.write(THEIRS, this.sops([], '--encrypt', ...settings, plain))
    this.files.set(THEIRS, { values, hands: EACH })
  }

  #environment(): Record<string, string> {
    const keys = this.keyFileOf(this.hands)
    const home = { HOME: this.outside, XDG_CONFIG_HOME: this.outside, XDG_RUNTIME_DIR: this.outside }
    return { ...home, SEALWARD_KEY_FILE: keys, GIT_MERGE_AUTOEDIT: 'no', GIT_EDITOR: 'true', ...this.env }
  }

  #sops(program: string, hands: Hands, args: readonly string[]): string {
    const env = { PATH: process.env.PATH ?? '', HOME: this.outside, SOPS_AGE_KEY_FILE: this.keyFileOf(hands) }
    return execFileSync(program, args, { cwd: this.path, env, encoding: 'utf8', stdio: 'pipe' })
  }

  #readBySops(program: string, path: string, hands: Hands): unknown {
    return JSON.parse(this.#sops(program, hands, ['decrypt', ...typesOf(path), '--output-type', 'json', path]))
  }

  #encryptedFiles(): string[] {
    const found = readdirSync(this.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(this.path.length + 1))
      .filter((path) => !path.startsWith(`.git${sep}`))
    const isEncrypted = (path: string) => /^sops_mac=|^sops:|"sops":/m.test(readFileSync(join(this.path, path), 'utf8'))
    return found.filter(isEncrypted).toSorted()
  }
}

/** Which reader and writer sops is to take: of the names here it knows those of trees alone. */
function typesOf(path: string, ...also: 'output'[]): string[] {
  if (isTree(path)) return []
  return ['input', ...also].flatMap((end) => [`--${end}-type`, 'dotenv'])
}

function isTree(path: string): boolean {
  return /\.(?:yaml|json)$/.test(path)
}

function inCapitals(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name.toUpperCase(), value]))
}
