import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openGitServer } from '../../../fakes/git-server.ts'
import { type GitRepository, openRepositoryAt, randomSecret, temporaryFolder } from '../../../support/git-repository.ts'
import { change, FILE, OWN, openBranch, openRotationScene, textOf } from './rotation-scene.ts'

/** A remote that is reached over HTTP with a token, and a job's checkout of it. */
async function openHttpScene(leave: (checkout: GitRepository, header: string) => void) {
  const { remote, at, ...scene } = openRotationScene()
  const root = temporaryFolder('server')
  const token = randomSecret()
  remote.git('config', 'http.receivepack', 'true')
  const header = `AUTHORIZATION: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
  const server = await openGitServer(root, token)
  const checkout = scene.clone('--depth=1')
  checkout.git('remote', 'set-url', 'origin', `${server.url}/octo-org/example.git`)
  leave(checkout, header)
  mkdirSync(join(root, 'octo-org'))
  renameSync(remote.path, join(root, 'octo-org', 'example.git'))
  mkdirSync(remote.path)
  return { token, server, checkout, moved: openRepositoryAt(join(root, 'octo-org', 'example.git')) }
}

describe('a remote that asks for a token', () => {
  it.each<[string, (checkout: GitRepository, header: string) => void]>([
    ['in the configuration of the checkout', (checkout, header) => checkout.git('config', 'http.extraheader', header)],
    [
      'in a file that it includes',
      (checkout, header) => {
        const file = join(temporaryFolder('runner-temp'), 'git-credentials.config')
        writeFileSync(file, `[http]\n\textraheader = ${header}\n`)
        checkout.git('config', `includeIf.gitdir:${join(checkout.path, '.git')}.path`, file)
      },
    ],
  ])('is given the one that actions/checkout left %s', async (_, leave) => {
    const { checkout, moved, server } = await openHttpScene(leave)
    const { branch } = await openBranch(checkout.path, 'pull-request')
    expect(await textOf(branch, FILE)).toBe('one\n')
    await branch.commit({ message: 'x', files: [change(FILE, 'one\n', 'two\n')] })
    expect(moved.git('cat-file', 'blob', `${OWN}:${FILE}`)).toBe('two\n')
    expect(server.refused).toEqual([])
  })

  it('and gets a wrong one or none says which permission is missing, and nothing of the token', async () => {
    for (const wrong of ['AUTHORIZATION: basic d3Jvbmc=', null]) {
      const { checkout, server } = await openHttpScene((repository) => {
        if (wrong !== null) repository.git('config', 'http.extraheader', wrong)
      })
      const { branch } = await openBranch(checkout.path, 'commit')
      const error = await branch.read(FILE).catch((caught: unknown) => caught)
      expect(error).toMatchObject({ code: 'permission', hint: expect.stringContaining('persist-credentials') })
      expect(JSON.stringify([String(error), error])).not.toMatch(/d3Jvbmc|127\.0\.0\.1/)
      expect(server.served).toEqual([])
    }
  })
})
