import { parseEncryptedFile } from '../../core/envelope/file.ts'
import { FILE_BYTES } from '../../core/envelope/limits.ts'
import { SealwardError } from '../../core/errors.ts'
import { explainSecret } from '../../core/policy/explain/explain-secret.ts'
import type { Table } from '../../core/policy/explain/rows.ts'
import { effectiveSettings } from '../../core/policy/explain/settings.ts'
import { nearest } from '../../core/policy/nearest.ts'
import { type Policy, parsePolicy } from '../../core/policy/policy.ts'
import { POLICY_FILES, policyFor } from '../steps/policy-for.ts'
import { USUAL_NAMES } from '../steps/usual-names.ts'
import type { Configs, Files, Finder } from '../world.ts'

export interface ExplainRequest {
  /** The name of a variable. */
  readonly name: string
  /** Empty: every file that is encrypted by its usual name and has the variable. A file that is named need not be there yet. */
  readonly files: readonly string[]
}

export interface ConfigWorld {
  readonly files: Files
  readonly finder: Finder
  readonly configs: Configs
}

/** What counts in this folder. */
export interface Settings {
  /** The configuration that was read; null when there is none, and defaults count alone. */
  readonly file: string | null
  readonly tables: readonly Table[]
}

/**
 * Checks the nearest sealward.yml, and says what counts.
 *
 * @throws SealwardError policy-invalid
 */
export async function settings(world: Pick<ConfigWorld, 'configs'>): Promise<Settings> {
  const found = await policyFor('x', world.configs)
  return { file: found?.policy.file ?? null, tables: effectiveSettings(found?.policy ?? saysNothing()) }
}

/**
 * Says what counts for a variable, and what decided, file by file. Needs no key.
 *
 * @throws SealwardError not-found, policy-invalid, malformed
 */
export async function explain({ name, files }: ExplainRequest, world: ConfigWorld): Promise<Table[]> {
  const asked = files.length > 0 ? files : await filesWith(name, world)
  const tables: Table[] = []
  for (const file of asked) {
    const { policy, relative } = (await policyFor(file, world.configs)) ?? { policy: saysNothing(), relative: file }
    tables.push(explainSecret(policy, { name, file, relative }))
  }
  return tables
}

async function filesWith(name: string, { files, finder }: ConfigWorld): Promise<string[]> {
  const found: string[] = []
  const names = new Set<string>()
  for (const file of await finder.find(USUAL_NAMES)) {
    const own = await namesIn(file, files)
    for (const one of own) names.add(one)
    if (own.includes(name)) found.push(file)
  }
  if (found.length > 0) return found
  const guess = nearest(name, [...names])
  throw new SealwardError('not-found', 'no encrypted file has a variable of this name', {
    hint: guess === null ? 'name a file to ask about one that is not there yet' : `did you mean ${guess}?`,
  })
}

async function namesIn(file: string, files: Files): Promise<string[]> {
  const bytes = await files.read(file, FILE_BYTES)
  if (bytes === null) return []
  try {
    const { body } = parseEncryptedFile(bytes, { anyName: true }).lines
    return body.flatMap((line) => (line.kind === 'variable' ? [line.name] : []))
  } catch (error) {
    throw error instanceof SealwardError ? error.in(file) : error
  }
}

/** The defaults alone. */
function saysNothing(): Policy {
  return parsePolicy('', POLICY_FILES[0]!)
}
