import type { Login } from '../../../../core/credential/change.ts'
import { isAmong } from '../../../../core/credential/connection/same-server.ts'
import { readLogin } from '../../../../core/credential/login-variables.ts'
import type { Target } from '../../../../core/credential/target.ts'
import { SealwardError } from '../../../../core/errors.ts'
import type { Run } from '../run.ts'
import { openCounting, valuesOf } from './open-file.ts'

/** The file of the credential, as the branch that counts has it, and where it leads. */
export interface OwnFile {
  readonly file: string
  readonly values: ReadonlyMap<string, string>
  readonly target: Target
}

/**
 * The login that makes the changes; null where the login changes itself.
 *
 * Whoever may write the file of the credential decides which server is asked, and need not be one who may know the admin: a connection string
 * of the admin's own ties it to a server.
 *
 * @throws SealwardError policy-invalid where that is another one
 */
export async function adminOf(run: Run, own: OwnFile): Promise<Login | null> {
  const { admin } = run.rule
  if (admin === null) return null
  const values = admin.path === own.file ? own.values : valuesOf((await openCounting(run, admin.path)).opened)
  const { login, connection } = readLogin(admin.variables, values, admin.path)
  if (connection === null || isAmong(own.target, connection.hosts)) return login
  throw new SealwardError('policy-invalid', 'the connection string of the admin leads to another server', {
    file: admin.path,
    hint: 'its login is told to the server of the credential: both have to name the same host and port',
  })
}
