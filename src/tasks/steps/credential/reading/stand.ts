import type { Login } from '../../../../core/credential/change.ts'
import { readLogin } from '../../../../core/credential/login-variables.ts'
import { stageOf } from '../../../../core/credential/phase.ts'
import { recordPath } from '../../../../core/credential/record/place.ts'
import { readRecord } from '../../../../core/credential/record/read-record.ts'
import type { RotationRecord } from '../../../../core/credential/record/record.ts'
import { misfitOf, strategyOf } from '../../../../core/credential/strategy.ts'
import type { Strategy, Target } from '../../../../core/credential/target.ts'
import type { OpenedFile } from '../../../../core/envelope/decrypt.ts'
import { SealwardError } from '../../../../core/errors.ts'
import { unlockBytes } from '../../keys/unlock.ts'
import type { Run, Standing } from '../run.ts'
import { settleTarget } from './settle-target.ts'

/**
 * Reads where a rotation stands, from the branch alone: the file, the record, and the login of the admin. Nobody is asked.
 *
 * @throws SealwardError not-found, no-identity, policy-invalid, malformed, or what opening throws
 */
export async function stand(run: Run): Promise<Standing> {
  const { rule, file, world } = run
  const { bytes, opened } = await openFrom(run, file)
  const values = valuesOf(opened)
  const { login: current, connection } = readLogin(rule.variables, values, file)
  const target = await settleTarget({ rule, connection, values, files: world.files })
  const method = methodOf(run, target)
  const written = await readWritten(run)
  const admin = await adminOf(run, { file, values })
  const logins = [current, admin, written.record?.pending, written.record?.previous]
  for (const login of logins) if (login?.password) world.hide(login.password)
  return {
    ...{ bytes, opened, current, target },
    method: { ...method, strategy: strategyNow(written.record) ?? method.strategy },
    admin,
    system: await world.systems.open(target),
    ...written,
  }
}

/** @throws SealwardError not-found where the branch has no such file */
export async function openFrom(run: Run, path: string): Promise<{ bytes: Uint8Array; opened: OpenedFile }> {
  const bytes = await run.branch.read(path)
  if (bytes === null)
    throw new SealwardError('not-found', 'the branch has no such file', {
      file: path,
      hint: 'a rotation knows what is committed and pushed, and nothing else',
    })
  return { bytes, opened: await unlockBytes(bytes, { path, anyName: true }, run.world) }
}

export function valuesOf({ variables }: OpenedFile): ReadonlyMap<string, string> {
  return new Map([...variables].map(([name, { value }]) => [name, value]))
}

async function readWritten(run: Run): Promise<Pick<Standing, 'record' | 'recordBytes'>> {
  const path = recordPath(run.rule.name)
  const recordBytes = await run.branch.read(path)
  if (recordBytes === null) return { recordBytes, record: null }
  const opened = await unlockBytes(recordBytes, { path, quotes: 'literal' }, run.world)
  const record: RotationRecord = readRecord(opened, path)
  if (record.file !== run.file)
    throw new SealwardError('malformed', 'the record of the rotation is of another file', {
      file: path,
      hint: 'give the credential another name in sealward.yml, or end that rotation first',
    })
  return { recordBytes, record }
}

/** What was begun is ended in the way in which it was begun. */
function strategyNow(record: RotationRecord | null): Strategy | null {
  return record === null || stageOf(record.phase) === 'idle' ? null : record.strategy
}

function methodOf({ rule }: Run, { driver, options }: Target): Standing['method'] {
  const misfit = misfitOf(rule, driver)
  if (misfit !== null)
    throw new SealwardError('policy-invalid', `rotation.credentials, ${rule.name}: ${misfit}`, {
      file: 'sealward.yml',
      line: rule.line,
    })
  return { strategy: strategyOf(rule, driver), issues: driver === 'command' && options.issue === 'true' }
}

async function adminOf(run: Run, own: { file: string; values: ReadonlyMap<string, string> }): Promise<Login | null> {
  const { admin } = run.rule
  if (admin === null) return null
  const values = admin.path === own.file ? own.values : valuesOf((await openFrom(run, admin.path)).opened)
  return readLogin(admin.variables, values, admin.path).login
}
