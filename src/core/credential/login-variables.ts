import { SealwardError } from '../errors.ts'
import type { LoginVariables } from '../policy/sections/rotation.ts'
import { Secret } from '../secret.ts'
import type { Login } from './change.ts'
import type { Connection } from './connection/connection.ts'
import { readConnection } from './connection/read.ts'
import { withLogin } from './connection/with-login.ts'

/** A login as variables of a file have it, and the connection string among them. */
export interface StatedLogin {
  readonly login: Login
  readonly connection: Connection | null
}

type Values = Pick<ReadonlyMap<string, string>, 'get'>

/**
 * Reads a login out of the variables that hold it. Where several say the same part they have to agree: nobody knows which one counts.
 *
 * @param file what errors call the file
 * @throws SealwardError not-found for a variable that is not there, policy-invalid for a value that is no connection string, and for
 *   variables that contradict each other
 */
export function readLogin(variables: LoginVariables, values: Values, file: string): StatedLogin {
  const connection = variables.url === null ? null : connectionIn(variables.url, values, file)
  const user = agreed([connection?.user ?? null, variable(variables.user, values, file)], file)
  const words = [connection?.password?.reveal() ?? null, variable(variables.password, values, file)]
  const password = agreed(words, file)
  if (password === null)
    throw new SealwardError('policy-invalid', 'the connection string has no password', { file, hint: HINT })
  return { login: { user: user ?? '', password: new Secret(password) }, connection }
}

/**
 * The values of the variables with another login in them. Everything else of a connection string stays.
 *
 * @throws SealwardError not-representable where a connection string cannot hold it; what `readLogin` throws
 */
export function writeLogin(
  variables: LoginVariables,
  { values, login, file }: { readonly values: Values; readonly login: Login; readonly file: string },
): ReadonlyMap<string, string> {
  const before = readLogin(variables, values, file)
  const changed = new Map<string, string>()
  const { url, user, password } = variables
  if (url !== null) changed.set(url, withLogin(values.get(url)!, changeOf(before, login)))
  if (user !== null) changed.set(user, login.user)
  if (password !== null) changed.set(password, login.password.reveal())
  return changed
}

const HINT = 'sealward.yml says under rotation.credentials which variables have the login: url, user and password'

/** What a connection string does not say is not put into it. */
function changeOf({ connection }: StatedLogin, { user, password }: Login) {
  return {
    ...(connection?.user !== null && connection?.user !== undefined && connection.user !== user && { user }),
    ...(connection?.password !== null && { password }),
  }
}

function connectionIn(name: string, values: Values, file: string): Connection {
  const connection = readConnection(variable(name, values, file)!)
  if (connection !== null) return connection
  throw new SealwardError('policy-invalid', `${name} is no connection string that can be read`, { file, hint: HINT })
}

function variable(name: string | null, values: Values, file: string): string | null {
  if (name === null) return null
  const value = values.get(name)
  if (value === undefined) throw new SealwardError('not-found', `there is no variable ${name}`, { file, hint: HINT })
  return value
}

function agreed(stated: readonly (string | null)[], file: string): string | null {
  const [first = null, ...others] = stated.filter((one) => one !== null)
  if (others.some((one) => one !== first))
    throw new SealwardError('policy-invalid', 'the variables of the credential say different logins', {
      file,
      hint: 'the connection string and the variables beside it have to say the same: mend the one that is old',
    })
  return first
}
