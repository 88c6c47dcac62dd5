import { readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openClones } from '../../../../src/adapters/git/clone/clones.ts'
import { openRemote } from '../../../../src/adapters/git/clone/remote.ts'
import { openGitServer } from '../../../fakes/git-server.ts'
import { makeRepository, temporaryFolder } from '../../../support/git-repository.ts'
import { codeOf, refusal, textOf } from '../../../support/sealing.ts'

const TOKEN = 'token-of-the-tests'

describe('a clone', () => {
  it('has the files of the newest commit, and of older ones what is asked for', async () => {
    const { clones, server } = await openScene((repository) => {
      repository.stage('a.txt', 'old\n')
      repository.git('commit', '--quiet', '--message', '1')
      repository.stage('a.txt', 'new\n')
      repository.stage('dir/b.txt', 'b\n')
      repository.git('commit', '--quiet', '--message', '2')
    })
    await clones.within('o/r', async (clone) => {
      const paths: string[] = []
      for await (const step of clone.source.steps()) if (step.kind === 'place') paths.push(step.path)
      expect(paths).toEqual(['a.txt', 'dir/b.txt'])
      expect((await clone.history.follow(['a.txt'])).isShallow).toBe(true)
      await clone.deepen(['a.txt'])
      const before = server.served.length
      expect(textOf((await clone.files.read('a.txt', 100))!)).toBe('new\n')
      expect(server.served).toHaveLength(before)
      expect(textOf((await clone.files.read('dir/b.txt', 100))!)).toBe('b\n')
      expect(await clone.files.read('c.txt', 100)).toBe(null)
      expect(await codeOf(() => clone.files.read('a.txt', 3))).toBe('limit')
      const { commits, isShallow } = await clone.history.follow(['a.txt'])
      const ids = commits.flatMap(({ changes }) => changes.flatMap(({ id }) => id ?? []))
      const texts: string[] = []
      for await (const { bytes } of clone.history.read(ids)) texts.push(textOf(bytes!))
      expect([isShallow, texts]).toEqual([false, ['old\n', 'new\n']])
    })
  })

  it('of a repository without a commit has no files', async () => {
    const { clones } = await openScene(() => {})
    await clones.within('o/r', async ({ source }) => {
      for await (const step of source.steps()) throw new Error(step.kind)
    })
  })

  it('is gone afterwards, also when the work fails, and this process is where it was', async () => {
    const { clones, temporary } = await openScene(() => {})
    const before = process.cwd()
    await expect(clones.within('o/r', () => Promise.reject(new Error('work')))).rejects.toThrow('work')
    expect(await codeOf(() => clones.within('o/none', async () => {}))).toBe('permission')
    expect([readdirSync(temporary), process.cwd()]).toEqual([[], before])
  })
})

describe('the token of a clone', () => {
  it('does not follow a redirect to another host', async () => {
    const heard: unknown[] = []
    const elsewhere = await listen((url) => void heard.push(url), null)
    const server = await listen(() => {}, elsewhere)
    const clones = openClones(openRemote({ serverUrl: server, token: TOKEN, env: {} }), temporaryFolder())
    const error = await refusal(() => clones.within('o/r', async () => {}))
    expect([error.code, heard]).toEqual(['git', []])
    expect(`${error.message}${error.hint}`).not.toContain('127.0.0.1')
  })

  it('goes to no server without TLS but this machine, and no name leads elsewhere', async () => {
    const open = (serverUrl: string, token = TOKEN) => openRemote({ serverUrl, token, env: {} })
    expect(await codeOf(() => open('http://github.example'))).toBe('usage')
    expect(await codeOf(() => open('https://github.com', 'a\r\nX: y'))).toBe('usage')
    for (const name of ['../r', 'o/..', 'o', 'o/r/x', '-u/r x', 'o/r\n'])
      expect(await codeOf(() => open('https://github.com').addressOf(name))).toBe('usage')
    expect(open('https://github.com').addressOf('o/.github')).toBe('https://github.com/o/.github.git')
  })

  it('leaves the settings that a job has in its environment', () => {
    const { env } = openRemote({ serverUrl: 'https://github.com', token: TOKEN, env: { GIT_CONFIG_COUNT: '2' } })
    expect(Object.keys(env)).toEqual(expect.arrayContaining(['GIT_CONFIG_KEY_2', 'GIT_CONFIG_VALUE_2']))
    expect([env.GIT_CONFIG_KEY_0, env.GIT_CONFIG_COUNT]).toEqual([undefined, '9'])
  })
})

/** `o/r` on git's own server. */
async function openScene(fill: (repository: ReturnType<typeof makeRepository>) => void) {
  const repository = makeRepository()
  fill(repository)
  const root = temporaryFolder('server')
  repository.git('clone', '--quiet', '--bare', repository.path, `${root}/o/r.git`)
  for (const what of ['allowFilter', 'allowAnySHA1InWant'])
    repository.git('-C', `${root}/o/r.git`, 'config', `uploadpack.${what}`, 'true')
  const server = await openGitServer(root, TOKEN)
  const temporary = temporaryFolder('temporary')
  const clones = openClones(openRemote({ serverUrl: server.url, token: TOKEN, env: {} }), temporary)
  return { server, temporary, clones }
}

/** A server that sends whoever asks to another one, or answers with nothing. */
async function listen(hear: (url: string | undefined) => void, to: string | null): Promise<string> {
  const server = createServer(({ url }, response) => {
    hear(url)
    if (to === null) response.writeHead(404).end()
    else response.writeHead(301, { location: `${to}${url}` }).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
