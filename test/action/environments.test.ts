import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { randomSecret } from '../support/git-repository.ts'
import type { StepResult } from './runner/step.ts'
import { startSealwardJob } from './sealward-job.ts'

const BEARER = randomSecret()
const signature = randomSecret()
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
const tokenFor = (claims: object) =>
  `${encode({ alg: 'RS256' })}.${encode({ sub: 'repo:octo-org/example', ...claims })}.${signature}`
const saidBy = ({ annotations }: StepResult) => annotations.map(({ message }) => message).join('\n')

/** GitHub's side of `id-token: write`. */
async function serve(answer: RequestListener): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization === `Bearer ${BEARER}`}`)
    answer(request, response)
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token?api-version=2.0`, asked }
}

const answering = (claims: object) =>
  serve((_, response) => void response.end(JSON.stringify({ value: tokenFor(claims) })))

async function load(url: string | null, policy = 'environments: [Production]') {
  const options = url === null ? {} : { idToken: { url, token: BEARER } }
  const job = await startSealwardJob({ A: '1' }, options)
  writeFileSync(join(job.workspace, 'sealward.yml'), `files: [{ path: "**", decrypt-in: { ${policy} } }]`)
  return { job, step: await job.load() }
}

describe('the environments of decrypt-in', () => {
  it('are held against the claim of the job’s token, which is hidden', async () => {
    const { url, asked } = await answering({ environment: 'production' })
    const { job, step } = await load(url)
    expect([step.conclusion, job.exported]).toEqual(['success', { A: '1' }])
    expect(asked).toEqual(['/token?api-version=2.0&audience=sealward true'])
    expect(job.mask(tokenFor({ environment: 'production' }))).toBe('***')
    expect(step.stdout.split('\n')[0]).toMatch(/^::add-mask::eyJ/)
  })

  it.each<[string, () => Promise<{ url: string }>, string]>([
    ['another environment', () => answering({ environment: 'staging' }), 'its environment is staging'],
    ['no environment', () => answering({}), 'its job has no environment'],
    ['an environment that is no text', () => answering({ environment: 7 }), 'its environment is not known'],
    ['no token', () => serve((_, response) => void response.end('{}')), 'its environment is not known'],
    ['no JSON', () => serve((_, response) => void response.end('x')), 'its environment is not known'],
    ['a refusal', () => serve((_, response) => void response.writeHead(403).end()), 'its environment is not known'],
    [
      'a redirect',
      () => serve((_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()),
      'its environment is not known',
    ],
    ['far too much', () => serve((_, response) => void response.end('x'.repeat(100_000))), 'answered with more than'],
  ])('refuse a job whose token says %s', async (_, start, words) => {
    const { url } = await start()
    const { job, step } = await load(url)
    expect([step.conclusion, job.result.env]).toEqual(['failure', {}])
    expect(saidBy(step)).toContain(words)
    expect(step.stdout).not.toContain(BEARER)
  })

  it('ask a busy server again', async () => {
    let calls = 0
    const { url, asked } = await serve((_, response) => {
      calls += 1
      if (calls < 3) response.writeHead(503).end()
      else response.end(JSON.stringify({ value: tokenFor({ environment: 'production' }) }))
    })
    const { step } = await load(url)
    expect([step.conclusion, asked.length]).toEqual(['success', 3])
  })

  it('refuse a job without id-token: write, and say what it needs', async () => {
    const { step } = await load(null)
    expect(saidBy(step)).toContain('id-token: write')
  })

  it('are not asked about where no policy speaks of them', async () => {
    const { url, asked } = await answering({ environment: 'production' })
    const { step } = await load(url, 'events: [push]')
    expect([step.conclusion, asked]).toEqual(['success', []])
  })
})
