import * as v from 'valibot'
import type { Yaml } from '../../config/yaml.ts'
import { described, glob, listOf, reason } from '../schema-parts.ts'
import { environmentName } from './environments.ts'

/** The section `lockdown`: where the Action decrypts nothing until it is lifted. `core/lockdown` asks. */
export interface LockdownPolicy {
  readonly line: number
  readonly since: Date
  readonly reason: string
  /** Names and kinds of environments; null for every file. */
  readonly environments: readonly string[] | null
  /** Globs of full refs; null for every run. */
  readonly refs: readonly string[] | null
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const isTime = (text: string) =>
  !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text.replace('Z', '.000Z')
const ref = v.pipe(glob, v.regex(/^refs\/./, 'must be a full ref such as refs/heads/main'))

export const LockdownSection = v.strictObject({
  since: described(
    v.pipe(
      v.string(),
      v.regex(TIME, 'must be a time like 2027-01-31T12:00:00Z'),
      v.check(isTime, 'is a time that no clock has'),
    ),
    'When it began.',
  ),
  reason: described(reason, 'Why.'),
  environments: listOf(
    environmentName,
    'Names or kinds of environments whose files are not decrypted. Without it, all files.',
  ),
  refs: listOf(ref, 'Globs of full refs whose runs decrypt nothing. Without it, all runs.'),
})

/** @param text undefined where there is no lockdown */
export function readLockdown(
  text: v.InferOutput<typeof LockdownSection> | undefined,
  yaml: Yaml,
): LockdownPolicy | null {
  if (text === undefined) return null
  const { since, environments = null, refs = null } = text
  return { line: yaml.lineOf(['lockdown']), since: new Date(since), reason: text.reason, environments, refs }
}
