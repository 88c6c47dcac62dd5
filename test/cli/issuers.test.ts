import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { type IssuerServer, openServer } from '../fakes/issuers/server.ts'
import { temporaryFolder } from '../support/git-repository.ts'
import { sealedFolder } from '../support/sealed-folder.ts'
import { madeToken } from '../support/token.ts'

const servers: IssuerServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A GitHub that knows one token, which ends in a given year. */
async function gitHubFor(token: string, year: number): Promise<IssuerServer> {
  const server = await openServer(({ headers }) =>
    headers.authorization === `Bearer ${token}`
      ? {
          status: 200,
          headers: { 'github-authentication-token-expiration': `${year}-01-01 00:00:00 UTC` },
          body: { login: 'octocat' },
        }
      : { status: 401, body: { message: 'Bad credentials' } },
  )
  servers.push(server)
  return server
}

interface Ran {
  readonly status: number | null
  readonly out: string
  readonly errors: string
}

/** The built program. Not by `spawnSync`: the server is in this process. */
async function sealward(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...args], {
    cwd,
    env: { PATH: process.env.PATH, HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>((settle) => child.on('close', settle))
  const [out, errors, status] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { status, out, errors }
}

describe('sealward scan --verify', () => {
  it('says of each finding whether it works, asks about each secret once, and never shows one', async () => {
    const folder = temporaryFolder()
    const [live, dead] = [madeToken(), madeToken()]
    const github = await gitHubFor(live, 2031)
    writeFileSync(join(folder, 'a.py'), `a = "${live}"\nb = "${dead}"\n`)
    writeFileSync(join(folder, 'b.py'), `a = "${live}"\n`)
    const { status, out, errors } = await sealward(['scan', '--verify', '--issuer', `github=${github.url}`], folder)
    expect(status).toBe(1)
    expect(out.split('\n').filter((line) => line.includes('[github-pat]'))).toEqual([
      expect.stringMatching(/^a\.py:1.*\(works still, says its issuer\)/),
      expect.stringMatching(/^a\.py:2.*\(refused by its issuer\)/),
      expect.stringMatching(/^b\.py:1.*\(works still, says its issuer\)/),
    ])
    expect(github.received).toHaveLength(2)
    for (const token of [live, dead]) expect(out + errors).not.toContain(token.slice(4, 12))
  })

  it('fails as without it, where everything is refused', async () => {
    const folder = temporaryFolder()
    const github = await gitHubFor(madeToken(), 2031)
    writeFileSync(join(folder, 'a.py'), `a = "${madeToken()}"\n`)
    const args = ['scan', '--verify', '--issuer', `github=${github.url}`, '--format', 'json']
    const { status, out } = await sealward(args, folder)
    expect(status).toBe(1)
    expect(JSON.parse(out).findings).toMatchObject([{ rule: 'github-pat', verified: 'dead' }])
  })

  it('is not in a scan that was not asked for it', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'a.py'), `a = "${madeToken()}"\n`)
    const { out } = await sealward(['scan', '--format', 'json'], folder)
    expect(JSON.parse(out).findings[0]).not.toHaveProperty('verified')
  })

  it.each([
    [['--issuer', 'github=https://github.example.com'], '--issuer goes with --verify'],
    [['--verify', '--issuer', 'github'], '--issuer takes a name and an address'],
    [['--verify', '--issuer', 'github=http://github.example.com'], 'an address must begin with https://'],
    [['--verify', '--issuer', 'gihub=https://github.example.com'], 'there is no such issuer'],
    [['--verify', '--push', 'origin'], '--verify does not go with --push'],
  ])('refuses %j', async (args, message) => {
    const { status, errors } = await sealward(['scan', ...args], temporaryFolder())
    expect([status, errors]).toEqual([2, expect.stringContaining(message)])
  })
})

describe('sealward check --probes', () => {
  it('asks the issuers that sealward.yml names about their own secrets, and judges what they say', async () => {
    const [live, dead] = [madeToken(), madeToken()]
    const github = await gitHubFor(live, 2020)
    const folder = await sealedFolder({ LIVE: live, DEAD: dead, OTHER: 'nothing-of-the-kind' })
    writeFileSync(join(folder.path, 'sealward.yml'), 'version: 1\ncheck:\n  probes: [github]\n')
    const args = ['check', '--probes', '--issuer', `github=${github.url}`, '--format', 'json']
    const { status, out, errors } = await sealward(args, folder.path, folder.env)
    expect(errors + out).not.toContain(live.slice(4, 12))
    const found = JSON.parse(out).judged as { rule: string; name: string; level: string }[]
    expect(
      found
        .filter(({ rule }) => /^issuer|^refused/.test(rule))
        .map(({ rule, name, level }) => [rule, name, level])
        .toSorted(),
    ).toEqual([
      ['issuer-end', 'LIVE', 'overdue'],
      ['refused', 'DEAD', 'overdue'],
    ])
    expect(github.received).toHaveLength(2)
    expect(status).toBe(1)
  })

  it.each([
    ['without the flag', [], 'probes: [github]', 'were not asked'],
    ['about an issuer that sealward.yml does not name', ['--probes'], 'probes: [gitlab]', ''],
  ])('asks nobody %s', async (_, flags, section, note) => {
    const github = await gitHubFor('x', 2020)
    const folder = await sealedFolder({ TOKEN: madeToken() })
    writeFileSync(join(folder.path, 'sealward.yml'), `version: 1\ncheck:\n  ${section}\n`)
    const issuer = flags.length === 0 ? [] : ['--issuer', `github=${github.url}`]
    const { out, errors } = await sealward(['check', ...flags, ...issuer], folder.path, folder.env)
    expect(out + errors).toContain(note)
    expect(github.received).toEqual([])
  })
})
