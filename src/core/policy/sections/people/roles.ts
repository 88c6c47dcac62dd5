import * as v from 'valibot'
import type { Yaml } from '../../../config/yaml.ts'
import { glob, listOf, matching } from '../../schema-parts.ts'
import { environmentName } from '../environments.ts'
import { ENVIRONMENT_KINDS, type EnvironmentKind } from '../kinds.ts'

/** Which files the members of a role can open. `people/roles.ts` asks. */
export interface Role {
  readonly name: string
  /** Null for one that is built in and that sealward.yml says nothing of. */
  readonly line: number | null
  /** Globs; null where any path will do. */
  readonly paths: readonly string[] | null
  /** Names and kinds of environments; null where any environment will do, and none. */
  readonly environments: readonly string[] | null
}

type Coverage = Pick<Role, 'paths' | 'environments'>

const EVERYTHING: Coverage = { paths: null, environments: null }
const NOTHING: Coverage = { paths: [], environments: null }
const OUTSIDE_OF_PRODUCTION: readonly EnvironmentKind[] = ENVIRONMENT_KINDS.filter((kind) => kind !== 'production')

/** What a role covers where sealward.yml does not say it. Each can be given other files there, and none can be made up by a typing error. */
const BUILT_IN: Readonly<Record<string, Coverage>> = {
  admin: EVERYTHING,
  service: NOTHING,
  readonly: { paths: null, environments: OUTSIDE_OF_PRODUCTION },
  rotation: EVERYTHING,
  monitoring: NOTHING,
}

export const roleName = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'is not 1 to 64 letters, digits and . _ -')

export const RolesSection = v.record(
  roleName,
  v.pipe(
    v.strictObject({
      paths: listOf(
        glob,
        'Which encrypted files: globs relative to sealward.yml. Without it, all of its environments.',
      ),
      environments: listOf(
        environmentName,
        'In which environments: names from environments, or kinds for all environments of a kind. Without it, in all.',
      ),
    }),
    v.check((input) => Object.keys(input).length > 0, 'needs paths or environments; `paths: ["**"]` is every file'),
  ),
)

/** Every role that there is: those of sealward.yml, and those that are built in. */
export function readRoles(text: v.InferOutput<typeof RolesSection>, yaml: Yaml): Role[] {
  const written = Object.entries(text).map(([name, { paths = null, environments = null }]) => ({
    ...{ name, paths, environments },
    line: yaml.lineOf(['roles', name]),
  }))
  const others = Object.entries(BUILT_IN).filter(([name]) => !Object.hasOwn(text, name))
  return [...written, ...others.map(([name, coverage]) => ({ name, line: null, ...coverage }))]
}

/** @returns the names that members may use */
export function roleNames(text: v.InferOutput<typeof RolesSection>): string[] {
  return [...new Set([...Object.keys(text), ...Object.keys(BUILT_IN)])]
}
