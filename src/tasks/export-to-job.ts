import { parseIdentities } from '../core/age/identity.ts'
import { SealwardError } from '../core/errors.ts'
import { masksFor } from '../core/mask/masks.ts'
import type { RunFacts } from '../core/trust/facts.ts'
import { type EnvironmentRequest, gatherEnvironment } from './steps/environment.ts'
import { requireRunAllowed } from './steps/run-policy.ts'
import type { UnlockWorld } from './steps/unlock.ts'
import type { Finder, KeyPlace, Keys } from './world.ts'

export interface JobExportRequest extends Omit<EnvironmentRequest, 'target' | 'files'> {
  /** Paths or globs, one after the other; later files win. */
  readonly patterns: readonly string[]
}

export interface JobExport {
  readonly files: readonly string[]
  readonly variables: ReadonlyMap<string, string>
  /** Everything that must be hidden before a word is printed: values, and the identities that opened them. */
  readonly masks: readonly string[]
}

export type JobWorld = UnlockWorld & {
  readonly finder: Finder
  /** The workflow run that asks. */
  readonly facts: RunFacts
}

const MAX_ENTRY_BYTES = 131_072

/**
 * Opens the files that the patterns name and gathers what a job's later steps may see.
 *
 * @throws SealwardError not-found for a pattern that matches nothing, limit for a value no environment can hold, or as gatherEnvironment
 */
export async function exportToJob(request: JobExportRequest, world: JobWorld): Promise<JobExport> {
  const files = await expand(request.patterns, world.finder)
  await requireRunAllowed(files, world.facts, world.configs)
  const { keys, texts } = remembering(world.keys)
  const variables = await gatherEnvironment({ ...request, files, target: 'job' }, { ...world, keys })
  refuseOversize(variables)
  return { files, variables, masks: masksFor([...variables.values(), ...texts.flatMap(keyForms)]) }
}

/** A file that is named twice counts where it is named last. */
async function expand(patterns: readonly string[], finder: Finder): Promise<string[]> {
  const files = new Set<string>()
  for (const pattern of patterns) {
    const found = /[*?[\]{}]/.test(pattern) ? await finder.find([pattern]) : [pattern]
    if (found.length === 0) throw new SealwardError('not-found', 'the pattern matches no file', { file: pattern })
    for (const file of found) {
      files.delete(file)
      files.add(file)
    }
  }
  if (files.size === 0) throw new SealwardError('usage', 'no file was named')
  return [...files]
}

/** Linux starts no process with a longer `NAME=value`; every later step of the job would die. */
function refuseOversize(variables: ReadonlyMap<string, string>): void {
  for (const [name, value] of variables)
    if (Buffer.byteLength(name) + Buffer.byteLength(value) + 2 > MAX_ENTRY_BYTES)
      throw new SealwardError('limit', `${name} is too long for an environment: every later step would fail to start`, {
        hint: 'leave it out with `except`, and decrypt it to a file where it is needed',
      })
}

/** Keeps what was read from the places, so that it can be masked: a key from a file or a command is not known to the runner. */
function remembering(keys: Keys): { keys: Keys; texts: string[] } {
  const texts: string[] = []
  const remember = (place: KeyPlace): KeyPlace => ({
    name: place.name,
    async read() {
      const found = await place.read()
      if (found !== null) texts.push(found.text)
      return found
    },
  })
  return { keys: { places: () => keys.places().map(remember) }, texts }
}

/** Each identity, as a log may show it alone, and each line that may be a key of another kind. */
function keyForms(text: string): string[] {
  const identities = parseIdentities(text).identities.map(({ secret }) => secret.reveal())
  return [...identities, ...text.split(/\r?\n/).filter((line) => !line.startsWith('#'))]
}
