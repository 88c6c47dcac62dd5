import type { Problem } from '../../config/problem.ts'
import type { Path } from '../../config/values.ts'
import { wordsForPath } from '../../config/wording.ts'
import type { Yaml } from '../../config/yaml.ts'
import { weaknessOf } from '../../credential/password/strength.ts'
import { misfitOf } from '../../credential/strategy.ts'
import type { DriverName } from '../../credential/target.ts'
import { type CredentialRule, type LoginVariables, readCredential } from '../sections/rotation.ts'
import type { RotationText } from './schema.ts'

type Entry = Omit<CredentialRule, 'line'>

/** Something that is wrong with an entry, and at which of its keys. */
interface Fault {
  readonly at: Path
  /** To stand behind its place. */
  readonly words: string
}

const WITH_HOST: readonly DriverName[] = ['postgres', 'mysql', 'mariadb', 'redis', 'mongodb', 'sqlcipher']
const WITH_SQL: readonly DriverName[] = ['postgres', 'mysql', 'mariadb', 'sqlcipher']

const JUDGES: readonly ((entry: Entry) => Fault | null)[] = [
  judgePlace,
  judgeSystem,
  judgeStrategy,
  judgeAdmin,
  judgePassword,
  judgeVerify,
]

/** What is wrong with credentials that are each well formed: keys that contradict each other, and two entries about the same. */
export function findRotationProblems({ credentials }: RotationText, yaml: Yaml): Problem[] {
  const entries = credentials.map(readCredential)
  const ofEach = entries.map((entry, index) => {
    const fault = firstFault(entry) ?? judgeTwins(entry, entries.slice(0, index))
    return fault === null ? [] : [problemOf(['rotation', 'credentials', index], fault, yaml)]
  })
  return ofEach.flat()
}

function problemOf(entry: Path, { at, words }: Fault, yaml: Yaml): Problem {
  const path = [...entry, ...at]
  return { line: yaml.lineOf(path), message: `${wordsForPath(path)} ${words}` }
}

/** One at a time: what follows from it is of no use to anybody. */
function firstFault(entry: Entry): Fault | null {
  for (const judge of JUDGES) {
    const fault = judge(entry)
    if (fault !== null) return fault
  }
  return null
}

function judgePlace({ variables }: Entry): Fault | null {
  if (variables.url === null && variables.password === null)
    return { at: [], words: 'needs url or password: the variable that is changed' }
  const named = namesIn(variables)
  return new Set(named).size < named.length ? { at: [], words: 'has one variable for two things' } : null
}

function judgeSystem({ variables: { url, user }, driver, host, port, database }: Entry): Fault | null {
  if (url !== null) {
    const twice = Object.entries({ host, port, database }).find(([, value]) => value !== null)
    return twice === undefined ? null : { at: [twice[0]], words: 'is said by the connection string of url already' }
  }
  if (driver === null) return { at: [], words: 'needs a driver, because it has no url that tells it' }
  if (WITH_HOST.includes(driver) && host === null) return { at: [], words: 'needs a host, because it has no url' }
  const nameless = driver === 'redis' || driver === 'sqlcipher' || !WITH_HOST.includes(driver)
  return user === null && !nameless ? { at: [], words: 'needs a user, because it has no url' } : null
}

/** Where the connection string says the system, what fits it is judged when that is read. */
function judgeStrategy(entry: Entry): Fault | null {
  const { variables, users, driver, strategy } = entry
  const turning = strategy === 'alternating' || (strategy === null && users !== null)
  if (turning && variables.url === null && variables.user === null)
    return { at: [], words: 'needs url or user: with alternating the name of the login changes as well' }
  if (driver !== null) {
    const misfit = misfitOf(entry, driver)
    return misfit === null ? null : { at: [], words: misfit }
  }
  if (strategy === 'alternating' && users === null)
    return { at: [], words: 'has the strategy alternating and no users' }
  if (strategy === 'single' && entry.graceHours !== null)
    return { at: ['grace'], words: 'says nothing: with the strategy single the old password ends at once' }
  if (turning || users === null) return null
  return { at: ['users'], words: `are two, and the strategy ${strategy} has one login` }
}

function judgeAdmin({ path, variables, admin }: Entry): Fault | null {
  if (admin === null) return null
  const { url, user, password } = admin.variables
  if (url === null && password === null) return { at: ['admin'], words: 'needs url, or user and password' }
  if (url === null && user === null && variables.user !== null)
    return { at: ['admin'], words: 'needs a user, because it has no url' }
  const own = namesIn(variables)
  const shared = admin.path === path && namesIn(admin.variables).some((name) => own.includes(name))
  return shared ? { at: ['admin'], words: 'is the credential itself: without admin the login changes itself' } : null
}

function judgePassword({ generate }: Entry): Fault | null {
  const weakness = weaknessOf(generate)
  return weakness === null ? null : { at: ['generate'], words: weakness }
}

function judgeVerify({ verify, driver }: Entry): Fault | null {
  if (driver === null || WITH_SQL.includes(driver)) return null
  const at = verify.findIndex(({ kind }) => kind === 'sql')
  return at < 0 ? null : { at: ['verify', at], words: `has sql, which ${driver} does not speak` }
}

/** The second rotation of one variable would take the first's for somebody's mistake, and undo it. */
function judgeTwins(entry: Entry, before: readonly Entry[]): Fault | null {
  if (before.some(({ name }) => name === entry.name))
    return { at: [], words: 'has the name of another entry: give it a name of its own' }
  const own = namesIn(entry.variables)
  const other = before.find(
    ({ path, variables }) => path === entry.path && namesIn(variables).some((name) => own.includes(name)),
  )
  return other === undefined ? null : { at: [], words: 'has a variable that another entry changes as well' }
}

function namesIn({ url, user, password }: LoginVariables): string[] {
  return [url, user, password].filter((name) => name !== null)
}
