import type { CredentialRule } from '../../../../core/policy/sections/rotation.ts'
import type { FileHistory } from '../../../world/git/history.ts'
import type { Clock, Configs, Files, Keys } from '../../../world.ts'
import { ageValues } from '../../ages/value-age.ts'
import { readSealedFiles, settlePolicy } from '../../check/sealed-files.ts'
import { judgeSecrets } from '../../check/secrets.ts'

/** Paths are from the top of the repository. */
export interface DueWorld {
  readonly files: Pick<Files, 'read'>
  readonly configs: Configs
  readonly keys: Keys
  readonly history: FileHistory
  readonly clock: Clock
}

/**
 * The names of the credentials of which `check` says that a variable is due, or worse. It has no rules of its own.
 *
 * @throws SealwardError policy-invalid
 */
export async function findDue(credentials: readonly CredentialRule[], world: DueWorld): Promise<ReadonlySet<string>> {
  const now = world.clock.now()
  const sealed = [...new Set(credentials.map(({ path }) => path))]
  const { files } = await readSealedFiles({ sealed, named: [] }, world)
  const { ages } = await ageValues({ files, now }, world)
  const { policy } = await settlePolicy('x', world.configs)
  const looked = { files, paths: sealed, named: [], policies: [policy], ages, environment: null, isPartial: true, now }
  const due = judgeSecrets(looked).judged.filter(({ level }) => level !== 'ok')
  const keys = new Set(due.map(({ place, name }) => `${place?.file}\0${name}`))
  return new Set(
    credentials
      .filter(({ path, variables: { url, user, password } }) =>
        [url, user, password].some((name) => name !== null && keys.has(`${path}\0${name}`)),
      )
      .map(({ name }) => name),
  )
}
