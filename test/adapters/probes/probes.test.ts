import { randomInt } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { ALL_PROBES } from '../../../src/adapters/probes/all-probes.ts'
import { openProbes } from '../../../src/adapters/probes/open-probes.ts'
import { TOKEN_RULES } from '../../../src/core/scan/tokens/token-rules.ts'
import { Secret } from '../../../src/core/secret.ts'
import type { ProbeAnswer } from '../../../src/tasks/world/scan/probe.ts'
import { fillTemplate } from '../../core/scan/templates.ts'
import { answerOf, ISSUERS, type Issuer } from '../../fakes/issuers/issuers.ts'
import { type IssuerServer, openServer, type Received, type Said } from '../../fakes/issuers/server.ts'

const NOW = new Date('2026-11-21T12:00:00Z')

const open: IssuerServer[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function serve(answer: (request: Received) => Said | null): Promise<IssuerServer> {
  const server = await openServer(answer)
  open.push(server)
  return server
}

/** A token of a rule, made now. */
function tokenOf(rule: string): string {
  const { hits, shape } = TOKEN_RULES.find(({ id }) => id === rule)!
  // Those of users: of accounts nobody can be asked.
  const template = rule === 'cloudflare-token' ? 'cfut_{b62:40}{hex:8}' : hits[0]!
  return shape.exec(fillTemplate(template, () => randomInt(2 ** 32) / 2 ** 32))![0]
}

function ask(
  { name, rule, variable = '' }: Issuer,
  token: string,
  url: string,
  timeoutMs = 2000,
): Promise<ProbeAnswer | null> {
  const probes = openProbes({ env: {}, now: () => NOW, bases: { [name]: url }, only: [name], timeoutMs })
  return probes.ask({ value: new Secret(token), rule, name: variable, beside: [] })
}

describe.each(ISSUERS.map((issuer) => [issuer.name, issuer] as const))('the probe of %s', (_, issuer) => {
  it('tells a token that works, with its life where the issuer says so', async () => {
    const token = tokenOf(issuer.rule)
    const { url, received } = await serve(answerOf(issuer, token))
    expect(await ask(issuer, token, url)).toEqual({ state: 'live', ...issuer.life })
    expect(received).toHaveLength(1)
  })

  it('tells a token that is refused', async () => {
    const { url, received } = await serve(answerOf(issuer, tokenOf(issuer.rule)))
    expect(await ask(issuer, tokenOf(issuer.rule), url)).toEqual({ state: 'dead' })
    expect(received).toHaveLength(1)
  })

  it('sends the token where the issuer documents it, and nowhere else', async () => {
    const token = tokenOf(issuer.rule)
    const { url, received } = await serve(answerOf(issuer, token))
    await ask(issuer, token, url)
    const { path = '', ...headers } = issuer.sent(token)
    const places = [...Object.entries(received[0]!.headers), ['path', received[0]!.path], ['body', received[0]!.body]]
    const holding = places.filter(([, text]) => String(text).includes(token)).map(([place]) => place)
    expect(holding).toEqual(path === '' ? Object.keys(headers) : ['path'])
  })

  it.each(issuer.others ?? [])('reads %s', async (_what, said, state) => {
    const { url } = await serve(() => said)
    expect((await ask(issuer, tokenOf(issuer.rule), url))?.state).toBe(state)
  })

  it('goes where no redirect leads', async () => {
    const elsewhere = await serve(() => issuer.accepts)
    for (const status of [301, 302, 307, 308]) {
      const { url } = await serve(() => ({
        status,
        headers: { location: `${elsewhere.url}/x` },
        body: issuer.accepts.body,
      }))
      expect(await ask(issuer, tokenOf(issuer.rule), url)).toEqual({ state: 'unknown' })
    }
    expect(elsewhere.received).toEqual([])
  })

  it.each([
    ['a page of somebody else', 200, '<html>Sign in to the network</html>'],
    ['a refusal of somebody else', 401, '<html>Who are you?</html>'],
    ['another document', 200, { hello: 'world' }],
    ['a list', 200, []],
    ['null', 200, null],
    ['nothing', 200, ''],
    ['too many requests', 429, { message: 'slow down' }],
    ['a broken server', 500, { message: 'Bad credentials' }],
    ['a gateway', 502, '<html>'],
  ])('takes %s for no answer, and asks once', async (_what, status, body) => {
    const { url, received } = await serve(() => ({ status, body }))
    expect(await ask(issuer, tokenOf(issuer.rule), url)).toEqual({ state: 'unknown' })
    expect(received).toHaveLength(1)
  })

  it('reads no answer past its bound, be it a right one', async () => {
    const padded = (spaces: number) => `${JSON.stringify(issuer.accepts.body)}${' '.repeat(spaces)}`
    const [short, long] = [100 * 1024, 300 * 1024].map((spaces) =>
      serve(() => ({ ...issuer.accepts, body: padded(spaces) })),
    )
    expect(await ask(issuer, tokenOf(issuer.rule), (await short!).url)).toMatchObject({ state: 'live' })
    expect(await ask(issuer, tokenOf(issuer.rule), (await long!).url)).toEqual({ state: 'unknown' })
  })

  it('waits for nobody', async () => {
    const { url, received } = await serve(() => null)
    expect(await ask(issuer, tokenOf(issuer.rule), url, 100)).toEqual({ state: 'unknown' })
    expect(received).toHaveLength(1)
  })

  it('does not send what only contains a token', async () => {
    const { url, received } = await serve(() => issuer.accepts)
    for (const value of [`${tokenOf(issuer.rule)}\r\nx: y`, `"${tokenOf(issuer.rule)}"`, 'x'])
      expect(await ask(issuer, value, url)).toBeNull()
    expect(received).toEqual([])
  })
})

describe('probes', () => {
  it('are each asked at one place of their own, over TLS', () => {
    const bases = ALL_PROBES.flatMap((probe) => probe.bases)
    expect(bases.every((base) => /^https:\/\/[a-z.]+$/.test(base))).toBe(true)
    expect(new Set(bases).size).toBe(bases.length)
    expect(new Set(ALL_PROBES.map(({ name }) => name)).size).toBe(ALL_PROBES.length)
  })

  it('each have a server in these tests', () => {
    const tested = [...ISSUERS.map(({ name }) => name), 'aws', 'gcp', 'twilio']
    expect(ALL_PROBES.map(({ name }) => name).toSorted()).toEqual(tested.toSorted())
  })

  it('know rules that there are', () => {
    const ids = [...TOKEN_RULES.map(({ id }) => id), 'aws-key-pair']
    expect(ALL_PROBES.flatMap(({ rules }) => rules).filter((rule) => !ids.includes(rule))).toEqual([])
  })

  it.each([
    ['an address without TLS', { gitlab: 'http://gitlab.example.com' }],
    ['an issuer that there is not', { gilab: 'https://gitlab.example.com' }],
  ])('are not opened for %s', (_, bases) => {
    expect(() => openProbes({ env: {}, now: () => NOW, bases })).toThrow(expect.objectContaining({ code: 'usage' }))
  })

  it('ask nobody about a kind that is not among those that were named', async () => {
    const { url, received } = await serve(() => ({ status: 200, body: {} }))
    const probes = openProbes({ env: {}, now: () => NOW, bases: { github: url }, only: ['gitlab'] })
    expect(probes.knows('github-pat')).toBe(false)
    expect(await probes.ask({ value: new Secret(tokenOf('github-pat')), rule: null, name: 'T', beside: [] })).toBeNull()
    expect(received).toEqual([])
  })

  it('ask nobody about a server of one\u2019s own that was not named', async () => {
    expect(openProbes({ env: {}, now: () => NOW }).knows('vault-service-token')).toBe(false)
  })

  it('recognise the value of a variable by its shape, and where it has none of its own by the name too', async () => {
    const { url, received } = await serve(() => ({ status: 500, body: {} }))
    const probes = openProbes({
      env: {},
      now: () => NOW,
      bases: { github: url, discord: url },
      only: ['github', 'discord'],
    })
    const [pat, bot] = [tokenOf('github-pat'), tokenOf('discord-bot-token')]
    const answers = [
      await probes.ask({ value: new Secret(pat), rule: null, name: 'ANYTHING', beside: [] }),
      await probes.ask({ value: new Secret(bot), rule: null, name: 'DISCORD_TOKEN', beside: [] }),
      await probes.ask({ value: new Secret(bot), rule: null, name: 'ANYTHING', beside: [] }),
    ]
    expect(answers.map((answer) => answer?.state)).toEqual(['unknown', 'unknown', undefined])
    expect(received).toHaveLength(2)
  })

  it('go below the path of an address', async () => {
    const github = ISSUERS.find(({ name }) => name === 'github')!
    const token = tokenOf('github-pat')
    const { url, received } = await serve(() => github.accepts)
    await ask(github, token, `${url}/api/v3/`)
    expect(received.map(({ path }) => path)).toEqual(['/api/v3/user'])
  })
})

describe('the end of a GitHub token', () => {
  it.each([
    ['2027-10-12 09:00:00 UTC', '2027-10-12T09:00:00.000Z'],
    ['2027-10-12 09:00:00 +0200', '2027-10-12T07:00:00.000Z'],
    ['2027-10-12 09:00:00 -0730', '2027-10-12T16:30:00.000Z'],
  ])('is read from %s', async (header, expected) => {
    expect((await answerTo(header))?.expires?.toISOString()).toBe(expected)
  })

  it('is never where the header is not there, but only for a personal access token', async () => {
    expect(await answerTo(null)).toEqual({ state: 'live', expires: null })
    expect(await answerTo(null, 'github-oauth')).toEqual({ state: 'live' })
  })

  it.each(['tomorrow', '2027-13-45 09:00:00 UTC', ''])('is not guessed from %j', async (header) => {
    expect(await answerTo(header)).toEqual({ state: 'live' })
  })

  async function answerTo(header: string | null, rule = 'github-pat'): Promise<ProbeAnswer | null> {
    const github = { ...ISSUERS.find(({ name }) => name === 'github')!, rule }
    const headers: Record<string, string> = header === null ? {} : { 'github-authentication-token-expiration': header }
    const { url } = await serve(() => ({ status: 200, headers, body: { login: 'octocat' } }))
    return ask(github, tokenOf(rule), url)
  }
})
