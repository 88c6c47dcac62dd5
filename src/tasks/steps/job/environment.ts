import { printableName } from '../../../core/dotenv/names.ts'
import type { OpenedFile } from '../../../core/envelope/decrypt.ts'
import { judgeName } from '../../../core/environment/names.ts'
import { SealwardError } from '../../../core/errors.ts'
import { type Reading, type UnlockWorld, unlockPath } from '../keys/unlock.ts'
import { findSchemas } from '../schema.ts'
import type { FileValue } from './secrets.ts'

/** What may enter an environment, and how it is named there. */
export interface EnvironmentRequest extends Reading {
  /** Later files win. */
  readonly files: readonly string[]
  readonly target: 'job' | 'process'
  readonly prefix?: string
  /** Names as they stand in the file; empty means all. */
  readonly only?: readonly string[]
  readonly except?: readonly string[]
  /** Whether `${NAME}` in a value stands for another variable of the files. */
  readonly expand?: boolean
  /** Names, after the prefix, that are let through although they can take over a process. */
  readonly allowNames?: readonly string[]
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

/** What files give to an environment. */
export interface Gathered {
  /** By their names there. */
  readonly variables: ReadonlyMap<string, string>
  /** Every value of the files by its name there, also those that are left out or only a part of others, before and after expansion. */
  readonly values: readonly FileValue[]
  readonly sources: readonly Source[]
}

/** One file, and what of it was chosen. */
export interface Source {
  readonly path: string
  /** As the environment has them. */
  readonly names: readonly string[]
  /** When it was last changed, as its metadata says. */
  readonly timestamp: string
}

/**
 * Opens files and merges their variables for an environment. All or nothing: one name that is refused, and nothing is returned.
 *
 * @throws SealwardError name-denied naming all offenders, name-invalid, not-representable, or what opening and expanding throws
 */
export async function gatherEnvironment(request: EnvironmentRequest, world: UnlockWorld): Promise<Gathered> {
  const opened = await openAll(request, world)
  const merged = new Map(
    opened.flatMap(({ path, file }) => [...file.variables].map(([name, one]) => [name, { ...one, path }])),
  )
  const stored = new Map([...merged].map(([name, { value }]) => [name, value]))
  const meant = request.expand === true ? await expandAll(stored) : stored
  await requireSchema(meant, request.files, world)
  const chosen = choose(meant, request)
  refuseNames([...chosen.keys()], request)
  for (const [name, { value }] of chosen)
    if (value.includes('\0'))
      throw new SealwardError('not-representable', `${name} holds a NUL character, which no environment can hold`)
  const namesFrom = (path: string) =>
    [...chosen].filter(([, { from }]) => merged.get(from)!.path === path).map(([name]) => name)
  return {
    variables: new Map([...chosen].map(([name, { value }]) => [name, value])),
    values: [...merged].flatMap(([name, { value, encrypted }]): FileValue[] => {
      const expanded = meant.get(name)!
      const own = { name, value, plain: !encrypted }
      return expanded === value ? [own] : [own, { name, value: expanded }]
    }),
    sources: opened.map(({ path, file }) => ({
      path,
      names: namesFrom(path),
      timestamp: file.file.metadata.timestamp,
    })),
  }
}

async function openAll(
  request: EnvironmentRequest,
  world: UnlockWorld,
): Promise<{ readonly path: string; readonly file: OpenedFile }[]> {
  const opened = []
  for (const path of request.files) opened.push({ path, file: await unlockPath(path, request, world) })
  return opened
}

async function expandAll(variables: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, string>> {
  const { expand } = await import('../../../core/dotenv/expand.ts')
  return expand(variables)
}

/** The schema speaks of names as the files have them, and of all of them, also of those that are not exported. */
async function requireSchema(
  variables: ReadonlyMap<string, string>,
  files: readonly string[],
  world: UnlockWorld,
): Promise<void> {
  const schemas = await findSchemas(files, world)
  if (schemas.length === 0) return
  const { checkSchema, printFaults } = await import('../../../core/schema/check.ts')
  for (const schema of schemas) {
    const faults = await checkSchema(variables, schema)
    if (faults.length > 0) throw new SealwardError('schema-mismatch', printFaults(faults), { file: schema.file })
  }
}

/** By their names after the prefix. */
function choose(
  merged: ReadonlyMap<string, string>,
  request: EnvironmentRequest,
): Map<string, { readonly value: string; readonly from: string }> {
  const { only = [], except = [], prefix = '' } = request
  for (const name of [...only, ...except])
    if (!merged.has(name))
      throw new SealwardError('not-found', `${printableName(name)} was asked for by name and is in none of the files`)
  const names = [...merged.keys()].filter(
    (name) => (only.length === 0 || only.includes(name)) && !except.includes(name),
  )
  return new Map(names.map((from) => [`${prefix}${from}`, { value: merged.get(from)!, from }]))
}

function refuseNames(names: readonly string[], { target, allowNames = [] }: EnvironmentRequest): void {
  const invalid = names.filter((name) => !NAME.test(name))
  if (invalid.length > 0)
    throw new SealwardError(
      'name-invalid',
      `${invalid.map(printableName).join(', ')}: not a name an environment can hold`,
    )
  const owned = names.filter((name) => judgeName(name, target) === 'runner')
  const denied = names.filter((name) => judgeName(name, target) === 'denied' && !allowNames.includes(name))
  if (owned.length + denied.length === 0) return
  const because = [
    ...(denied.length === 0 ? [] : [`${denied.join(', ')} can take over a process`]),
    ...(owned.length === 0 ? [] : [`${owned.join(', ')} cannot be set: the runner overrides or refuses it`]),
  ]
  throw new SealwardError('name-denied', because.join('; '), {
    hint:
      denied.length === 0
        ? 'rename the variable; allow-names cannot help here'
        : `anyone can encrypt to a public recipient, so names like these must be allowed one by one (${allowance(target, denied)})`,
  })
}

function allowance(target: EnvironmentRequest['target'], denied: readonly string[]): string {
  return target === 'job' ? `allow-names: ${denied.join(', ')}` : denied.map((name) => `--allow-name ${name}`).join(' ')
}
