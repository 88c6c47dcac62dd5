import { describe, expect, it } from 'vitest'
import type { CheckNews } from '../../../src/core/notify/check-news.ts'
import { printSlack } from '../../../src/core/notify/slack.ts'
import { printWebhook } from '../../../src/core/notify/webhook.ts'
import { judged, report } from '../issues/made.ts'

const PAGE = 'https://github.com/octo-org/example'
const news = (...all: readonly ReturnType<typeof judged>[]): CheckNews => ({
  report: report('2026-11-20', ...all),
  repository: 'octo-org/example',
  issue: `${PAGE}/issues/1`,
  run: null,
})
const many = (count: number) => Array.from({ length: count }, (_, at) => judged(`NAME_${at}`, { level: 'late' }))
const textOf = (message: string) => (JSON.parse(message) as { readonly text: string }).text

describe('a webhook', () => {
  it('has type, timestamp and data, with what is open and the counts of all', () => {
    const body = printWebhook(news(judged('DB_PASSWORD', { level: 'overdue' }), judged('FINE', { level: 'ok' })))
    expect(JSON.parse(body)).toMatchObject({
      type: 'sealward.check',
      timestamp: expect.stringMatching(/^2026-11-20T/),
      data: {
        ...{ repository: 'octo-org/example', issue: `${PAGE}/issues/1`, run: null },
        ...{ overdue: 1, due: 0, ok: 1, more: 0 },
        findings: [{ name: 'DB_PASSWORD', level: 'overdue', rule: 'rotate-every' }],
      },
    })
    expect(body).not.toContain('\n')
  })

  it('names the next day on which something is due, and none where nothing ever is', () => {
    const nextDueOf = (...all: readonly ReturnType<typeof judged>[]) =>
      (JSON.parse(printWebhook(news(...all))) as { data: { nextDue: string | null } }).data.nextDue
    expect(nextDueOf(judged('FINE', { level: 'ok' }))).toBe('2026-11-30')
    expect(nextDueOf(judged('FINE', { level: 'ok', due: null }))).toBeNull()
    expect(nextDueOf()).toBeNull()
  })

  it('stays small, and counts what it leaves out', () => {
    const long = judged('\u{1f600}'.repeat(5000), { message: 'x'.repeat(5000), level: 'late' })
    const body = printWebhook(news(...Array.from({ length: 500 }, () => long)))
    expect((JSON.parse(body) as { data: { more: number } }).data.more).toBe(470)
    expect(body.length).toBeLessThan(200_000)
  })
})

describe('a message for Slack', () => {
  it('says how things stand, what is most urgent, and where to read on', () => {
    const text = textOf(printSlack(news(judged('DB_PASSWORD', { level: 'overdue' }), ...many(12))))
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^\*octo-org\/example\*: 1 overdue, 12 late/),
      expect.stringMatching(/^\u2022 overdue: DB_PASSWORD/),
      ...Array.from({ length: 9 }, () => expect.stringMatching(/^\u2022 late: NAME_/)),
      'and 3 more',
      `<${PAGE}/issues/1|the issue>`,
    ])
  })

  it('says of which environment a finding is, where it is of one', () => {
    const lineOf = (environment: string | null) =>
      textOf(printSlack(news(judged('DB', { level: 'late', environment })))).split('\n')[1]
    expect(lineOf('staging')).toMatch(/^\u2022 late: DB \(staging\): was/)
    expect(lineOf(null)).toMatch(/^\u2022 late: DB: was/)
  })

  it('holds no markup that a name brought: nobody is called, and nothing is linked', () => {
    const text = textOf(
      printSlack(news(judged('<!channel> <https://evil.example|x> @here &\u202e', { level: 'late' }))),
    )
    expect(text).toContain('&lt;!channel&gt; &lt;https://evil.example|x&gt; @\u200bhere &amp;\\u202e')
  })

  it('links nothing but what is an address', () => {
    const text = textOf(
      printSlack({ ...news(...many(1)), issue: 'https://github.com/x|y>z', run: `${PAGE}/actions/runs/1` }),
    )
    expect(text.split('\n').at(-1)).toBe(`<${PAGE}/actions/runs/1|the run>`)
  })
})
