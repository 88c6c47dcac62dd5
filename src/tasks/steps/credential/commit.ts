import type { Login } from '../../../core/credential/change.ts'
import { writeLogin } from '../../../core/credential/login-variables.ts'
import { sameLogin } from '../../../core/credential/machine/changes.ts'
import { recordPath } from '../../../core/credential/record/place.ts'
import type { RotationRecord } from '../../../core/credential/record/record.ts'
import { sealRecord } from '../../../core/credential/record/seal-record.ts'
import type { Document } from '../../../core/dotenv/document.ts'
import { encryptOver } from '../../../core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../../core/envelope/file.ts'
import { SealwardError } from '../../../core/errors.ts'
import type { LedgerEvent } from '../../../core/ledger/event.ts'
import { digestOf, markOfValue } from '../../../core/ledger/marks.ts'
import type { RotationCommit } from '../../world/git/rotation-branch.ts'
import { tellOfVoidSignature } from '../trust/void-signature.ts'
import { withLedger } from './ledger.ts'
import { valuesOf } from './reading/open-file.ts'
import { stand } from './reading/stand.ts'
import type { Run, Standing, Underway } from './run.ts'

export interface NextStep {
  readonly record: RotationRecord
  /** What the file has from now on; absent where it stays as it is. */
  readonly login?: Login
}

type FileChange = RotationCommit['files'][number]

/** Others push to the branch too. What they change is none of ours, so that a few tries do. */
const TRIES = 5

/**
 * Writes the next step down, for those who can open the file: the record and, where the login changes, the file, in one commit. A push
 * that somebody else's came before is made anew on top of theirs, unless they changed the rotation or the login itself.
 *
 * @throws SealwardError locked where somebody else moved the rotation; whatever the branch throws. Nobody knows then whether it is there.
 */
export async function commitStep(at: Standing, step: NextStep, run: Run): Promise<Underway> {
  let from = at
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await commitOnce(from, step, run)
    } catch (error) {
      if (!(error instanceof SealwardError && error.code === 'locked') || attempt === TRIES) throw error
      from = await standAgain(at, run)
    }
  }
}

async function commitOnce(at: Standing, { record: next, login }: NextStep, run: Run): Promise<Underway> {
  const record = { ...next, updated: run.world.clock.now() }
  const path = recordPath(record.name)
  const file = login === undefined ? null : await changeFile(at, login, run)
  const after = await sealRecord(record, at.opened.file)
  const own: FileChange[] = [{ path, before: at.recordBytes, after }, ...(file === null ? [] : [file.change])]
  const event = eventOf(record, { own, file, run })
  await run.branch.commit({ message: messageOf(record), files: await withLedger(own, event, run) })
  if (file !== null) await tellOfVoidSignature(run.file, { teller: run.world.teller, files: run.branch })
  return { ...(await stand(run)), record, recordBytes: after }
}

/** @throws SealwardError locked where the rotation or the login is not what it was */
async function standAgain(before: Standing, run: Run): Promise<Standing> {
  const now = await stand(run)
  const isSame = equal(now.recordBytes, before.recordBytes) && sameLogin(now.current, before.current)
  if (isSame) return now
  throw new SealwardError('locked', 'somebody else moved this rotation, or changed its credential, meanwhile', {
    file: run.file,
    hint: 'the next run goes on from there',
  })
}

interface ChangedFile {
  readonly change: FileChange
  readonly names: readonly string[]
  readonly marks: Readonly<Record<string, string>>
}

/**
 * The variables of the file with another login in them.
 *
 * @throws SealwardError not-representable where they cannot hold it, policy-invalid where they are not encrypted
 */
export function variablesWith(login: Login, { opened }: Standing, { rule, file }: Run): ReadonlyMap<string, string> {
  const changed = writeLogin(rule.variables, { values: valuesOf(opened), login, file })
  const open = [...changed.keys()].find(
    (name) => name !== rule.variables.user && !opened.variables.get(name)?.encrypted,
  )
  if (open === undefined) return changed
  throw new SealwardError('policy-invalid', `${open} is not encrypted in the file, and would be committed readable`, {
    file,
    hint: 'mend the rule of the file, and encrypt it again',
  })
}

async function changeFile(at: Standing, login: Login, run: Run): Promise<ChangedFile> {
  const { bytes, opened } = at
  const changed = variablesWith(login, at, run)
  const document: Document = opened.document.map((line) =>
    line.kind === 'entry' ? { ...line, value: changed.get(line.name) ?? line.value } : line,
  )
  const written = await encryptOver(opened, document, run.world.clock.now())
  const after = written === null ? bytes : printEncryptedFile(written)
  const marks = Object.fromEntries(
    [...changed].map(([name, value]) => [name, markOfValue(opened.dataKey, name, value)]),
  )
  return { change: { path: run.file, before: bytes, after }, names: [...changed.keys()], marks }
}

function eventOf(
  { name, phase, lastFailure }: RotationRecord,
  { own, file, run }: { readonly own: readonly FileChange[]; readonly file: ChangedFile | null; readonly run: Run },
): LedgerEvent {
  const files = own.map(({ path, before, after }) => ({
    path,
    ...(before !== null && { before: digestOf(before) }),
    ...(after !== null && { after: digestOf(after) }),
  }))
  const why = run.wishes.reason === null ? {} : { reason: run.wishes.reason }
  if (file !== null) return { kind: 'value-rotated', files, names: file.names, values: file.marks, ...why }
  return { kind: 'rotation-moved', credential: name, phase, files, ...(lastFailure && { code: lastFailure }), ...why }
}

function messageOf({ name, phase }: RotationRecord): string {
  return `Rotate ${name}: ${phase}`
}

function equal(one: Uint8Array | null, other: Uint8Array | null): boolean {
  return one === null || other === null ? one === other : Buffer.compare(one, other) === 0
}
