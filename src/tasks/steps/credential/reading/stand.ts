import { readLogin } from '../../../../core/credential/login-variables.ts'
import { stageOf } from '../../../../core/credential/machine/phase.ts'
import { recordPath } from '../../../../core/credential/record/place.ts'
import { readRecord } from '../../../../core/credential/record/read-record.ts'
import type { RotationRecord } from '../../../../core/credential/record/record.ts'
import { misfitOf, strategyOf } from '../../../../core/credential/strategy.ts'
import type { Strategy, Target } from '../../../../core/credential/target.ts'
import { SealwardError } from '../../../../core/errors.ts'
import { unlockBytes } from '../../keys/unlock.ts'
import type { Run, Standing } from '../run.ts'
import { adminOf } from './admin.ts'
import { openCounting, openFrom, valuesOf } from './open-file.ts'
import { settleTarget, targetText } from './settle-target.ts'

/**
 * Reads where a rotation stands, from the branches alone: the file, the record, and the login of the admin. Nobody is asked.
 *
 * The rotation's own branch is for logins. Which system those are for, and who its admin is, the branch that counts says: nobody reviews what
 * is pushed to the other one, and anybody can make a file for the same recipients that leads to a server of theirs.
 *
 * @throws SealwardError not-found, no-identity, policy-invalid, malformed, untrusted, or what opening throws
 */
export async function stand(run: Run): Promise<Standing> {
  const { rule, file, world } = run
  const { bytes, opened } = await openFrom(run, file)
  const values = valuesOf(opened)
  const { login: current, connection } = readLogin(rule.variables, values, file)
  const counting = valuesOf((await openCounting(run, file)).opened)
  const stated = readLogin(rule.variables, counting, file)
  const { files } = world
  const target = await settleTarget({ rule, connection: stated.connection, values: counting, files })
  refuseOtherTarget(await settleTarget({ rule, connection, values, files }), target, run)
  const method = methodOf(run, target)
  const written = await readWritten(run)
  const admin = await adminOf(run, { file, values: counting, target })
  const logins = [current, stated.login, admin, written.record?.pending, written.record?.previous]
  for (const login of logins) if (login?.password) world.hide(login.password)
  return {
    ...{ bytes, opened, current, target },
    method: { ...method, strategy: strategyNow(written.record) ?? method.strategy },
    admin,
    system: await world.systems.open(target),
    ...written,
  }
}

/** A login of one system is not told to another. @throws SealwardError untrusted */
function refuseOtherTarget(own: Target, counting: Target, { file }: Run): void {
  if (targetText(own) === targetText(counting)) return
  throw new SealwardError(
    'untrusted',
    'the branch of the rotation leads to another system than the branch that counts',
    {
      file,
      hint: 'no system was asked. Merge the branch that counts into the other, or delete that one where nobody knows who wrote it',
    },
  )
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
