import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { randomSecret } from '../../support/git-repository.ts'
import { type Member, type SealOptions, seal } from '../../support/sealing.ts'
import type { Job } from '../runner/job.ts'
import type { Variables } from '../runner/job-record.ts'
import { type Forgery, forge, type Row } from './forge.ts'

const FILE = '.env.encrypted'

/** The part of the checkout that belongs to one case. */
export class CaseFolder {
  /** Relative to the checkout. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly job: Job
  readonly member: Member
  readonly #secrets: string[] = []

  constructor(job: Job, member: Member, name: string) {
    this.job = job
    this.member = member
    this.name = name
    this.path = join(job.workspace, name)
    mkdirSync(this.path)
  }

  /** Everything that must not be seen. */
  get secrets(): readonly string[] {
    return [...this.#secrets, this.member.identity.secret.reveal()]
  }

  /** A new secret. */
  secret(): string {
    return this.guard(randomSecret())
  }

  /** Counts a text among the secrets. */
  guard(text: string): string {
    this.#secrets.push(text)
    return text
  }

  /** Seals variables into a file, as an editor of the repository does. */
  async seal(
    variables: Variables,
    { file = FILE, ...options }: SealOptions & { readonly file?: string } = {},
  ): Promise<void> {
    const document = Object.entries(variables).map(([name, value]) => ({ kind: 'entry', name, value }) as const)
    this.write(await seal(document, [this.member], options), file)
  }

  /** Two variables that are secrets, `A` and `B`, in a sound file. */
  async sealTwo(file = FILE): Promise<Variables> {
    const variables = { A: this.secret(), B: this.secret() }
    await this.seal(variables, { file })
    return variables
  }

  /** Writes what somebody made who knows the format and the public recipient, and keeps no rule of ours. */
  async forge(
    rows: readonly Row[],
    forgery: Omit<Forgery, 'recipient'> & { readonly file?: string } = {},
  ): Promise<void> {
    const { recipient } = this.member
    this.write(await forge(rows, { recipient, ...forgery }), forgery.file)
  }

  write(content: string | Uint8Array, file = FILE): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true })
    writeFileSync(join(this.path, file), content)
  }

  read(file = FILE): string {
    return readFileSync(join(this.path, file), 'utf8')
  }

  /** Changes a file. An attack that changes nothing would prove nothing, so it is an error. */
  edit(change: (text: string) => string | Uint8Array, file = FILE): void {
    const before = this.read(file)
    const after = change(before)
    if (after === before) throw new Error('the file is as it was')
    this.write(after, file)
  }

  link(target: string, file = FILE): void {
    symlinkSync(target, join(this.path, file))
  }
}
