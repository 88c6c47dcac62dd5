import { realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { findTop } from '../../adapters/files/sources/paths.ts'
import { SealwardError } from '../../core/errors.ts'
import type { PushKeyWorld } from '../../tasks/keys/push-key.ts'
import type { ManifestWorld } from '../../tasks/keys/write-manifest.ts'
import type { Exposure } from '../../tasks/world/git/repository.ts'
import type { OpenSecrets } from '../../tasks/world/github-secrets.ts'
import { openGitHub } from '../github/world.ts'
import { openRotation } from '../rotation/world.ts'
import type { World } from '../world.ts'

/** What a rotation touches, and whom a new key can be handed to. @throws SealwardError git outside of a repository */
export async function openHandOver(world: World): Promise<PushKeyWorld & ManifestWorld> {
  return { ...(await openRotation(world)), secrets: openSecretPlaces(process.env), exposure: openExposure() }
}

/** GitHub, with the variables that its own command line knows. One client serves all places, so that writes keep their distance. */
function openSecretPlaces(env: NodeJS.ProcessEnv): OpenSecrets {
  const opened = once(async () => {
    const client = await openGitHub(env)
    if (client !== null) return client
    throw new SealwardError('usage', 'there is no token for GitHub', {
      hint: "set GH_TOKEN to a person's or an app's that may write secrets; a job's own token may not",
    })
  })
  return async (place) => {
    const { openSecrets } = await import('../../adapters/github/secrets.ts')
    return openSecrets(await opened(), place)
  }
}

/** The repository that counts is that of the file, wherever this process stands. Where git refuses to say, it would take the file. */
function openExposure(): Exposure {
  return {
    async wouldTake(path) {
      const folder = dirname(path)
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
        throw new SealwardError('not-found', 'no such folder', { file: folder })
      const { openRepository } = await import('../../adapters/git/porcelain.ts')
      const repository = await openRepository(folder).catch((error: unknown) => {
        if (error instanceof SealwardError && error.code === 'git') return null
        throw error
      })
      if (repository === null) return findTop(realpathSync(folder)) !== null
      return !(await repository.ignored.ignores(repository.locate(path)))
    },
  }
}

function once<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | undefined
  return () => {
    opened ??= open()
    return opened
  }
}
