import type { Container } from '../../../core/certificate/container/container.ts'
import { readContainer } from '../../../core/certificate/container/read-container.ts'
import type { SubjectPlace } from '../../../core/check/judged.ts'
import { means } from '../../../core/glob/means.ts'
import { environmentOf } from '../../../core/policy/environments.ts'
import type { Policy } from '../../../core/policy/policy.ts'
import type { Material } from '../../../core/policy/sections/certificates.ts'
import type { Files } from '../../world.ts'
import { type Looked, relativeToPolicy } from './looked.ts'
import { type SealedVariable, variablesOf } from './secrets.ts'

/** A file, or a variable of an encrypted file, in which certificates or keys may be. Nothing of it is read yet. */
export type Holder =
  | { readonly kind: 'file'; readonly place: SubjectPlace; readonly environment: string | null }
  | { readonly kind: 'variable'; readonly variable: SealedVariable }

export interface MaterialWorld {
  readonly files: Pick<Files, 'read'>
}

/** Of a bundle of authorities, which is the longest that people keep. */
const MOST_BYTES = 10 * 1024 * 1024

/** Finds what an entry of a policy means, among everything that is in question. */
export function holdersOf({ path, secret }: Material, policy: Policy, looked: Looked): Holder[] {
  if (secret === null) return path === null ? [] : filesOf(path, policy, looked)
  return looked.files
    .filter((file) => file.policy === policy && (path === null || means(path, file.relative)))
    .flatMap(variablesOf)
    .flatMap((variable) => (means(secret, variable.name) ? [{ kind: 'variable' as const, variable }] : []))
}

/** @returns what is in it; null where no certificate, list or key is, the file is gone, or nobody opened the value */
export async function readHolder(
  holder: Holder,
  passwords: readonly string[],
  { files }: MaterialWorld,
): Promise<Container | null> {
  const input = holder.kind === 'variable' ? holder.variable.value : await files.read(holder.place.file, MOST_BYTES)
  return input === null ? null : readContainer(input, passwords)
}

/** Tells holders apart. */
export function keyOf(holder: Holder): string {
  if (holder.kind === 'file') return holder.place.file
  return `${holder.variable.file.path}\0${holder.variable.name}`
}

function filesOf(path: string, policy: Policy, { paths, environment: asked }: Looked): Holder[] {
  return paths.flatMap((file): Holder[] => {
    const relative = relativeToPolicy(policy, file)
    if (relative === null || !means(path, relative)) return []
    const environment = environmentOf(policy, relative)
    return asked === null || asked === environment ? [{ kind: 'file', place: { file }, environment }] : []
  })
}
