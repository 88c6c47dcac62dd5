import { createHmac, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openReceiver } from '../../fakes/receiver.ts'
import { every, openCheckScene } from './check-scene.ts'

const POLICY = every(
  30,
  `check:
  notify:
    webhook: { url: HOOK_URL, key: HOOK_KEY }
    slack: { url: CHAT_URL }
`,
)

describe('receivers', () => {
  it('are told once of what is new, signed, and never with a name that may not be shown', async () => {
    const [hook, chat] = [await openReceiver(), await openReceiver()]
    const key = randomBytes(32)
    const env = { HOOK_URL: `${hook.url}/a`, HOOK_KEY: `whsec_${key.toString('base64')}`, CHAT_URL: `${chat.url}/b` }
    const scene = await openCheckScene({ policy: POLICY, private: false })
    const first = await scene.check({}, { env })
    const second = await scene.check({}, { env })
    expect([hook.received.length, chat.received.length]).toEqual([1, 1])
    const [{ headers, body }] = hook.received as [(typeof hook.received)[number]]
    const [id, timestamp] = [headers['webhook-id'], headers['webhook-timestamp']]
    const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${mac}`)
    expect(JSON.parse(body)).toMatchObject({
      type: 'sealward.check',
      data: { repository: 'octo-org/example', overdue: 1, issue: expect.stringContaining('/issues/1'), more: 0 },
    })
    expect(`${body}${chat.received[0]!.body}`).not.toContain('DB_PASSWORD')
    expect(JSON.parse(chat.received[0]!.body).text).toContain('octo-org/example')
    expect([first.stdout, second.stdout].map((text) => text.includes('was told'))).toEqual([true, false])
  }, 30_000)

  it('that do not answer are named by their variable alone', async () => {
    const scene = await openCheckScene({ policy: POLICY })
    const env = { HOOK_URL: 'http://127.0.0.1:9/secret-path', HOOK_KEY: 'no-key-of-a-webhook' }
    const step = await scene.check({ issues: 'off' }, { env })
    const problems = step.annotations.filter(({ type }) => type === 'warning').map(({ message }) => message)
    expect(problems).toEqual([
      expect.stringContaining('notification: HOOK_URL: the key of a webhook is'),
      'notification: CHAT_URL: this variable is not set',
    ])
    expect(step.stdout).not.toMatch(/secret-path|no-key-of-a-webhook/)
    expect(step.exitCode).toBe(1)
  })

  it('are not told by a run for a pull request', async () => {
    const chat = await openReceiver()
    const scene = await openCheckScene({ policy: every(30, 'check: { notify: { slack: { url: CHAT_URL } } }\n') })
    await scene.check(
      { issues: 'off' },
      { event: 'pull_request', ref: 'refs/pull/12/merge', env: { CHAT_URL: chat.url } },
    )
    expect(chat.received).toEqual([])
  })
})
