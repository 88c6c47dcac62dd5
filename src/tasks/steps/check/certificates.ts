import type { Container } from '../../../core/certificate/container/container.ts'
import { judgeCertificates } from '../../../core/certificate/judge/judge.ts'
import type { CertificateQuestion } from '../../../core/certificate/judge/question.ts'
import type { RevocationList } from '../../../core/certificate/revocation-list.ts'
import { excused } from '../../../core/check/exemptions.ts'
import type { CheckNote, Judged, SubjectPlace } from '../../../core/check/judged.ts'
import { judgeExpiries } from '../../../core/check/secrets/expiry.ts'
import { SealwardError } from '../../../core/errors.ts'
import { readExpiries } from '../../../core/expiry/read-expiries.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import type { CertificateRule, Material } from '../../../core/policy/sections/certificates.ts'
import { placeOf } from '../../../core/policy/sections/place.ts'
import type { Found, Looked } from './looked.ts'
import { type Holder, holdersOf, keyOf, type MaterialWorld, readHolder } from './material.ts'
import { type SealedVariable, variablesOf } from './secrets.ts'

type PrivateKey = NonNullable<CertificateQuestion['key']>
/** What is asked of the certificates in a holder, beside what every certificate is asked. */
type Asked = Pick<CertificateQuestion, 'hosts' | 'purpose' | 'key' | 'lists' | 'owners' | 'reasons' | 'floorDays'>

const NOTHING_MORE: Asked = {
  ...{ hosts: [], purpose: 'any', key: null, lists: [], owners: [], reasons: [], floorDays: null },
}
/** Where the start of a life is not known, and no entry of `secrets` says anything else. */
const WARN_DAYS = 30

/**
 * Judges the certificates that entries of `certificates` mean, then those in files that somebody named, then those in all other values that
 * were opened. What two entries mean is judged by the first.
 */
export async function judgeCertificateFiles(looked: Looked, world: MaterialWorld): Promise<Found> {
  const judging = new Judging(looked, world)
  for (const policy of looked.policies)
    for (const [index, rule] of policy.certificates.entries()) await judging.byRule(policy, rule, index)
  for (const file of looked.named) await judging.named({ kind: 'file', place: { file }, environment: null })
  for (const variable of looked.files.flatMap(variablesOf)) await judging.unasked({ kind: 'variable', variable })
  return judging.found()
}

/** One run: whom it has asked, and what it was told. */
class Judging {
  readonly #looked: Looked
  readonly #world: MaterialWorld
  readonly #seen = new Set<string>()
  readonly #questions: CertificateQuestion[] = []
  readonly #tokens: Judged[] = []
  readonly #notes: CheckNote[] = []
  /** By where they stand: a value has one line. */
  readonly #variables = new Map<string, SealedVariable>()

  constructor(looked: Looked, world: MaterialWorld) {
    this.#looked = looked
    this.#world = world
  }

  async byRule(policy: Policy, rule: CertificateRule, index: number): Promise<void> {
    const place = { file: policy.file, line: rule.line }
    const found = holdersOf(rule.at, policy, this.#looked)
    if (found.length === 0)
      return this.#missing(`certificates[${index}] means no file and no variable that there is`, place)
    const reasons = [`certificates[${index}], ${placeOf(policy.file, rule.line)}`]
    const passwords = rule.password === null ? [] : this.#valuesOf({ path: null, secret: rule.password }, policy)
    const key = rule.key === null ? null : await this.#keyIn(rule.key, passwords, policy)
    if (key === null && rule.key !== null && !holdersOf(rule.key, policy, this.#looked).some(isClosed))
      this.#missing(
        `certificates[${index}].key means no private key that can be read: whether it fits is not judged`,
        place,
      )
    const lists = rule.crl === null ? [] : await this.#listsIn(rule.crl, policy)
    const { hosts, purpose, owners, floor: floorDays } = rule
    const asked = { hosts, purpose, owners, floorDays, key, lists, reasons }
    for (const holder of found) if (!(await this.#ask(holder, asked, passwords))) this.#empty(holder)
  }

  async named(holder: Holder): Promise<void> {
    if (!(await this.#ask(holder, NOTHING_MORE))) this.#empty(holder)
  }

  /** Most values are no certificates, and nobody said that this is one. */
  async unasked(holder: Holder): Promise<void> {
    await this.#ask(holder, NOTHING_MORE)
  }

  found(): Found {
    const judged = judgeCertificates(this.#questions, this.#looked.now).map((one) => this.#excuse(one))
    return { judged: [...judged, ...this.#tokens], notes: this.#notes }
  }

  /** @returns false where there is nothing to judge */
  async #ask(holder: Holder, asked: Asked, passwords: readonly string[] = []): Promise<boolean> {
    if (this.#seen.has(keyOf(holder))) return true
    const container = await this.#read(holder, passwords)
    if (container === null) return false
    this.#seen.add(keyOf(holder))
    const question = questionOf({ holder, container, asked })
    this.#questions.push(question)
    if (holder.kind === 'variable') this.#variables.set(placeKey(question.place), holder.variable)
    if (holder.kind === 'file') this.#judgeTokens(question)
    for (const { message, hint, line } of container.problems)
      this.#notes.push({ message, hint, place: placed(question.place, line) })
    return true
  }

  async #read(holder: Holder, passwords: readonly string[] = []): Promise<Container | null> {
    try {
      return await readHolder(holder, passwords, this.#world)
    } catch (error) {
      if (!(error instanceof SealwardError) || holder.kind === 'variable') throw error
      this.#notes.push({ message: error.message, place: holder.place })
      this.#seen.add(keyOf(holder))
      return null
    }
  }

  /** The tokens of a kubeconfig end as others do. Of one in a value, the secret itself is judged by them. */
  #judgeTokens({ container, place, environment, owners, warnDays }: CertificateQuestion): void {
    for (const { name, token } of container.tokens) {
      const subject = { kind: 'token' as const, name, place, environment, owners }
      const terms = { warn: warnDays, floor: null }
      this.#tokens.push(...judgeExpiries(subject, readExpiries('', token.reveal()), { terms, now: this.#looked.now }))
    }
  }

  async #keyIn(material: Material, passwords: readonly string[], policy: Policy): Promise<PrivateKey | null> {
    for (const holder of holdersOf(material, policy, this.#looked)) {
      const container = await this.#read(holder, passwords)
      const [key] = container?.groups.flatMap(({ keys }) => keys) ?? []
      if (key !== undefined) return key
    }
    return null
  }

  /** A list is judged by itself too: clients that insist on a fresh one refuse every certificate after its end. */
  async #listsIn(path: string, policy: Policy): Promise<RevocationList[]> {
    const lists: RevocationList[] = []
    for (const holder of holdersOf({ path, secret: null }, policy, this.#looked)) {
      const container = await this.#read(holder)
      lists.push(...(container?.lists ?? []))
      await this.#ask(holder, NOTHING_MORE)
    }
    return lists
  }

  #valuesOf(material: Material, policy: Policy): string[] {
    const values = holdersOf(material, policy, this.#looked).flatMap((holder) =>
      holder.kind === 'variable' && holder.variable.value !== null ? [holder.variable.value] : [],
    )
    return [...new Set(values)]
  }

  #excuse(one: Judged): Judged {
    const variable = this.#variables.get(placeKey(one.place))
    return variable === undefined ? one : excused(one, variable.terms, this.#looked.now)
  }

  /** Who asks about some of the files only does not hear of the others. */
  #missing(message: string, place: SubjectPlace): void {
    if (!this.#looked.isPartial) this.#notes.push({ message, place })
  }

  /** That a file was not opened is said by whoever opened it. */
  #empty(holder: Holder): void {
    if (this.#seen.has(keyOf(holder)) || isClosed(holder)) return
    this.#notes.push({ message: 'there is no certificate in it that can be read', place: placeIn(holder) })
  }
}

interface Questioning {
  readonly holder: Holder
  readonly container: Container
  readonly asked: Asked
}

function questionOf({ holder, container, asked }: Questioning): CertificateQuestion {
  const shared = { ...asked, container, place: placeIn(holder), authorities: [] }
  if (holder.kind === 'file') return { ...shared, label: null, environment: holder.environment, warnDays: WARN_DAYS }
  const { name, subject, terms, file } = holder.variable
  const owners = asked.owners.length > 0 ? asked.owners : subject.owners
  return { ...shared, label: name, environment: file.environment, owners, warnDays: terms.warnExpiry }
}

function isClosed(holder: Holder): boolean {
  return holder.kind === 'variable' && holder.variable.value === null
}

function placeIn(holder: Holder): SubjectPlace {
  return holder.kind === 'file' ? holder.place : holder.variable.subject.place!
}

function placed(place: SubjectPlace | null, line: number | null): SubjectPlace {
  const { file, line: own } = place!
  const known = own ?? line
  return known === null ? { file } : { file, line: known }
}

function placeKey(place: SubjectPlace | null): string {
  return `${place?.file}\0${place?.line}`
}
