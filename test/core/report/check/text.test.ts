import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printCheck } from '../../../../src/core/report/check/text.ts'
import { anyReport, FINE, HOSTILE, hostile, judged, NOTHING, PASSWORD, REPORT } from './report.ts'

const plain = { all: false, explain: false, width: 100, paint: (_: string, text: string) => text }

describe('a check on a terminal', () => {
  it('says what is most urgent first, with its time as a line, and last a summary', () => {
    expect(printCheck(REPORT, plain)).toBe(`overdue   DATABASE_PASSWORD     ├━━━━━━━━━━━━━━━━━┤╌╌╌╌●  10 days over
          was last changed 47 days ago; every 30 is asked [rotate-every]
          config/.env.production:12, production, octo-org/data, octocat
          fix: Change it where it is used, then sealward edit the file

critical  www.example.org       ├━━━━━━━━━━━━━━━━━━━━━●┤  4 days left
          expires in 5 days; 94 of 100 parts of its life are over [expires]
          certs/www.pem:1, production, octo-org/ops
          fix: Renew the certificate and deploy it

late      Example Issuing CA 3  ├━━━━━━━━━━━━━━━━━━━━●┅┤  36 hours left
          the next list is due in 2 days [crl-fresh]
          certs/issuing.crl
          fix: Fetch the list anew

late      db.example.org:5432
          serves an older certificate than the file in git [not-deployed]
          production
          fix: Restart the server, so that it reads the new certificate

due       PARTNER_JWT           ╌━━━━━━━━━━━━━━━━━━●──┅┤  due in 38 days
          expires in 54 days [expires]
          config/.env.staging:4, staging, octocat
          fix: Ask the issuer for a new token

note: config/.env.staging: the clone is shallow: the age of its values is a lower bound
      fetch-depth: 0 in actions/checkout
note: an endpoint did not answer within 5 s
sealward: 1 overdue, 1 critical, 2 late, 1 due, 1 ok; next: PARTNER_JWT in staging on 2026-12-30; 2 notes
`)
  })

  it('lists what is ok, and says why, only when asked', () => {
    const text = printCheck(REPORT, { ...plain, all: true, explain: true })
    expect(text).toContain('ok        SMTP_API_KEY          ├━●──────────────────┅┅┤  due in 80 days\n')
    expect(text).toContain('          why: grace of 7 days (sealward.yml:14)\n')
    expect(printCheck(REPORT, plain)).not.toMatch(/SMTP|why:/)
  })

  it('says what is in order, and that there was nothing', () => {
    expect(printCheck({ ...REPORT, judged: [FINE], notes: [] }, plain)).toBe(
      'sealward: 1 ok; next: SMTP_API_KEY in development on 2027-02-10\n',
    )
    expect(printCheck(NOTHING, plain)).toBe('sealward: nothing to judge\n')
  })

  it('puts the line of time under the name where there is no room beside it', () => {
    expect(
      printCheck({ ...REPORT, judged: [PASSWORD], notes: [] }, { ...plain, width: 44 }),
    ).toBe(`overdue   DATABASE_PASSWORD
          ├━━━━━━━━━━━━━━━━━┤╌╌╌╌●
          10 days over
          was last changed 47 days ago;
          every 30 is asked [rotate-every]
          config/.env.production:12,
          production, octo-org/data, octocat
          fix: Change it where it is used,
          then sealward edit the file

sealward: 1 overdue
`)
  })

  it('cuts a long name in the column, and says it whole below', () => {
    const name = 'CN=a-very-long-name-of-a-host.internal.example.org'
    const text = printCheck({ ...REPORT, judged: [judged({ ...PASSWORD, name })], notes: [] }, plain)
    expect(text).toMatch(/^overdue {3}CN=a-very-long-name-of-a-host… {2}├/)
    expect(text).toContain(`\n          ${name}\n`)
  })

  it('says once what mends a kind of thing', () => {
    const twice = [PASSWORD, judged({ ...PASSWORD, name: 'OTHER_PASSWORD' })]
    expect(printCheck({ ...REPORT, judged: twice }, plain).match(/fix:/g)).toHaveLength(1)
  })

  it('colours by level, and never what a file chose', () => {
    const paint = (colour: string, text: string) => `<${colour}:${text.trim()}>`
    const text = printCheck({ ...REPORT, judged: [PASSWORD, FINE], notes: [] }, { ...plain, all: true, paint })
    expect(text.match(/<\w+:[^>]*>/g)).toEqual([
      '<red:overdue>',
      '<red:├━━━━━━━━━━━━━━━━━┤╌╌╌╌●>',
      '<dim:config/.env.production:12, production, octo-org/data, octocat>',
      '<green:ok>',
      '<green:├━●──────────────────┅┅┤>',
      '<dim:config/.env.development:7, development, the web people>',
      '<red:1 overdue, 1 ok>',
    ])
  })

  it('bounds what it shows, and counts the rest', () => {
    const many = Array.from({ length: 230 }, (_, at) => judged({ ...PASSWORD, name: `N${at}` }))
    const notes = Array.from({ length: 25 }, () => ({ message: 'a silent endpoint' }))
    const text = printCheck({ ...REPORT, judged: many, notes }, plain)
    expect(text.match(/^overdue/gm)).toHaveLength(200)
    expect(text).toContain('... and 30 more\n')
    expect(text.match(/silent/g)).toHaveLength(20)
    expect(text).toContain('... and 5 more notes\n')
  })

  const harmless = (text: string) => {
    expect(text).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b]/)
    expect(text).not.toContain('##[')
    expect(text).not.toMatch(/^\s*::/m)
  }

  it.each([20, 80, 200])('lets no text be read as an escape sequence or a command at %i columns', (width) => {
    harmless(printCheck(hostile(HOSTILE), { all: true, explain: true, width, paint: (_, text) => text }))
  })

  it('does so for any report', () => {
    fc.assert(
      fc.property(anyReport, fc.integer({ min: 0, max: 200 }), (report, width) => {
        harmless(printCheck(report, { all: true, explain: true, width, paint: (_, text) => text }))
      }),
    )
  })
})
