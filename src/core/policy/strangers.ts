import type { Problem } from '../config/problem.ts'
import type { Path } from '../config/values.ts'
import { wordsForPath } from '../config/wording.ts'
import type { Yaml } from '../config/yaml.ts'
import { nearest } from './nearest.ts'
import type { PolicyText } from './schema.ts'
import { ENVIRONMENT_KINDS } from './sections/kinds.ts'
import { roleNames } from './sections/people/roles.ts'

/** Names that one section uses and the section that they are of does not have. None of them is repeated. */
export function findStrangers(text: PolicyText, yaml: Yaml): Problem[] {
  return [strangeReaders, strangeRecovery, strangeRoles, strangeEnvironments].flatMap((find) => find(text, yaml))
}

/** Names that a file rule uses and `recipients` lacks. */
function strangeReaders(text: PolicyText, yaml: Yaml): Problem[] {
  const known = { section: 'recipients', names: Object.keys(text.recipients) }
  return text.files.flatMap(({ recipients = [], 'key-groups': groups = [] }, rule) => {
    const at = (member: string, path: Path) => (isRecipient(member) ? [] : strangers(member, { path, known, yaml }))
    return [
      ...recipients.flatMap((member, index) => at(member, ['files', rule, 'recipients', index])),
      ...groups.flatMap((members, group) =>
        members.flatMap((member, index) => at(member, ['files', rule, 'key-groups', group, index])),
      ),
    ]
  })
}

function strangeRecovery({ recipients, recovery }: PolicyText, yaml: Yaml): Problem[] {
  const known = { section: 'recipients', names: Object.keys(recipients) }
  return recovery === undefined ? [] : strangers(recovery, { path: ['recovery'], known, yaml })
}

/** A role that nobody defined would take somebody out of everybody, and bring them nothing. */
function strangeRoles({ recipients, roles }: PolicyText, yaml: Yaml): Problem[] {
  const known = { section: 'roles', names: roleNames(roles) }
  return Object.entries(recipients).flatMap(([name, given]) => {
    const said = typeof given === 'string' || Array.isArray(given) ? [] : (given.roles ?? [])
    return said.flatMap((role, index) => strangers(role, { path: ['recipients', name, 'roles', index], known, yaml }))
  })
}

/** An entry about an environment that no file is ever in would never count. */
function strangeEnvironments(text: PolicyText, yaml: Yaml): Problem[] {
  const known = { section: 'environments', names: [...Object.keys(text.environments), ...ENVIRONMENT_KINDS] }
  const ofRoles = Object.entries(text.roles).flatMap(([role, { environments = [] }]) =>
    environments.flatMap((name, index) =>
      strangers(name, { path: ['roles', role, 'environments', index], known, yaml }),
    ),
  )
  const ofSecrets = text.secrets.flatMap(({ environment = [] }, rule) => {
    const path = ['secrets', rule, 'environment'] as const
    if (typeof environment === 'string') return strangers(environment, { path, known, yaml })
    return environment.flatMap((name, index) => strangers(name, { path: [...path, index], known, yaml }))
  })
  const ofLockdown = (text.lockdown?.environments ?? []).flatMap((name, index) =>
    strangers(name, { path: ['lockdown', 'environments', index], known, yaml }),
  )
  return [...ofRoles, ...ofSecrets, ...ofLockdown]
}

interface Use {
  readonly path: Path
  readonly known: { readonly section: string; readonly names: readonly string[] }
  readonly yaml: Yaml
}

/** A problem for a name that its section does not have. The name is not repeated. */
function strangers(name: string, { path, known: { section, names }, yaml }: Use): Problem[] {
  if (names.includes(name)) return []
  const guess = nearest(name, names)
  const hint = guess === null ? '' : `; did you mean ${guess}?`
  return [{ line: yaml.lineOf(path), message: `${wordsForPath(path)} is a name that ${section} does not have${hint}` }]
}

function isRecipient(member: string): boolean {
  return member.startsWith('age1')
}
