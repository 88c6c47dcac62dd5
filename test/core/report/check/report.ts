import fc from 'fast-check'
import { idOf } from '../../../../src/core/check/identity.ts'
import { type CheckReport, type Judged, LEVELS } from '../../../../src/core/check/judged.ts'

export const AT = new Date('2026-11-21T12:00:00Z')

export function day(text: string): Date {
  return new Date(`${text}T00:00:00Z`)
}

type Given = Partial<Judged> & Pick<Judged, 'kind' | 'rule' | 'name' | 'level' | 'message'>

export function judged(given: Given): Judged {
  const whole = {
    environment: null,
    place: null,
    since: null,
    sinceIsExact: true,
    due: null,
    end: null,
    owners: [],
    reasons: [],
    advice: '',
    ...given,
  }
  return { ...whole, id: idOf(whole) }
}

export const PASSWORD = judged({
  kind: 'secret',
  rule: 'rotate-every',
  level: 'overdue',
  name: 'DATABASE_PASSWORD',
  environment: 'production',
  place: { file: 'config/.env.production', line: 12 },
  message: 'was last changed 47 days ago; every 30 is asked',
  since: day('2026-10-05'),
  due: day('2026-11-04'),
  end: day('2026-11-11'),
  owners: ['octo-org/data', 'octocat'],
  reasons: ['production asks for every 30 days (the default)', 'grace of 7 days (sealward.yml:14)'],
  advice: 'Change it where it is used, then sealward edit the file',
})

export const CERTIFICATE = judged({
  kind: 'certificate',
  rule: 'expires',
  level: 'critical',
  name: 'www.example.org',
  environment: 'production',
  place: { file: 'certs/www.pem', line: 1 },
  message: 'expires in 5 days; 94 of 100 parts of its life are over',
  since: day('2026-08-28'),
  due: day('2026-11-11'),
  end: day('2026-11-26'),
  owners: ['octo-org/ops'],
  reasons: ['late from 5/6 of its life'],
  advice: 'Renew the certificate and deploy it',
})

export const TOKEN = judged({
  kind: 'token',
  rule: 'expires',
  level: 'due',
  name: 'PARTNER_JWT',
  environment: 'staging',
  place: { file: 'config/.env.staging', line: 4 },
  message: 'expires in 54 days',
  sinceIsExact: false,
  since: day('2026-04-10'),
  due: day('2026-12-30'),
  end: day('2027-01-14'),
  owners: ['octocat'],
  advice: 'Ask the issuer for a new token',
})

export const CRL = judged({
  kind: 'crl',
  rule: 'crl-fresh',
  level: 'late',
  name: 'Example Issuing CA 3',
  place: { file: 'certs/issuing.crl' },
  message: 'the next list is due in 2 days',
  since: day('2026-11-09'),
  due: day('2026-11-19'),
  end: day('2026-11-23'),
  advice: 'Fetch the list anew',
})

export const ENDPOINT = judged({
  kind: 'endpoint',
  rule: 'not-deployed',
  level: 'late',
  name: 'db.example.org:5432',
  environment: 'production',
  message: 'serves an older certificate than the file in git',
  advice: 'Restart the server, so that it reads the new certificate',
})

export const FINE = judged({
  kind: 'secret',
  rule: 'rotate-every',
  level: 'ok',
  name: 'SMTP_API_KEY',
  environment: 'development',
  place: { file: 'config/.env.development', line: 7 },
  message: 'was last changed 9 days ago; every 90 is asked',
  since: day('2026-11-12'),
  due: day('2027-02-10'),
  end: day('2027-02-17'),
  owners: ['the web people'],
  reasons: ['an API key: every 90 days (the default)'],
  advice: 'Change it',
})

export const REPORT: CheckReport = {
  at: AT,
  judged: [FINE, TOKEN, PASSWORD, ENDPOINT, CRL, CERTIFICATE],
  notes: [
    {
      message: 'the clone is shallow: the age of its values is a lower bound',
      place: { file: 'config/.env.staging' },
      hint: 'fetch-depth: 0 in actions/checkout',
    },
    { message: 'an endpoint did not answer within 5 s' },
  ],
}

export const NOTHING: CheckReport = { at: AT, judged: [], notes: [] }

/** What a name, a path or a reason can try against a terminal, a runner, Markdown, HTML, Mermaid, Prometheus and a spreadsheet. */
export const ATTACKS = [
  '::error::x',
  '##[error]y',
  '\u001b[31mred\u0007',
  'a\r\nb\nc',
  '\u202egnp.exe\u200b',
  '</td></tr></table><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '-->',
  ']]>',
  '</style>',
  '&lt;b&gt;',
  '@octocat @octo-org/team',
  '#12 GH-12 octo-org/x#3',
  '[a](https://example.org) ![b](https://example.org/x.png) <https://example.org>',
  'https://example.org/ www.example.org',
  '`code` **bold** | cell | ~~~\n```\n',
  'title x',
  'section y',
  'click z href "javascript:alert(1)"',
  'gantt',
  'a :crit, 2026-01-01, 1d; b #59; %% c %%{init: {}}%%',
  'dateFormat X',
  '"} 1\nevil_metric{x="y',
  'back\\slash\\',
  '=HYPERLINK("https://example.org")',
  '+1',
  '-1',
  '@SUM(1)',
  '\t=1',
  ' =1',
  '＝1',
  'a;=1',
  'a,=1',
  'a"",=1',
  '\ud800',
  '__proto__',
  '',
]

export const HOSTILE = ATTACKS.join(' ')

/** All texts of an item hostile; kind and level are not: they are a closed set of ours. */
export function hostile(text: string): CheckReport {
  const texts = { name: text, rule: text, message: text, advice: text, owners: [text], reasons: [text], id: text }
  const items = [PASSWORD, CERTIFICATE, CRL, ENDPOINT].map((one) => ({
    ...one,
    ...texts,
    environment: text,
    place: { file: text, line: 3 },
  }))
  return { at: AT, judged: items, notes: [{ message: text, hint: text, place: { file: text } }] }
}

/** A text that attacks: some of the above, in any order, between any other characters. */
export const attack = fc
  .array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 6 })
  .map((parts) => parts.join(''))

const moment = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

/** Any report: the times in any order, the texts hostile. */
export const anyReport: fc.Arbitrary<CheckReport> = fc.record({
  at: moment,
  judged: fc.array(
    fc
      .record({
        kind: fc.constantFrom('secret', 'certificate', 'crl', 'endpoint', 'recipient'),
        rule: attack,
        level: fc.constantFrom(...LEVELS),
        name: attack,
        message: attack,
        environment: maybe(attack),
        place: maybe(fc.record({ file: attack, line: fc.integer({ min: 1, max: 1e6 }) })),
        since: maybe(moment),
        sinceIsExact: fc.boolean(),
        due: maybe(moment),
        end: maybe(moment),
        owners: fc.array(attack, { maxLength: 3 }),
        reasons: fc.array(attack, { maxLength: 3 }),
        advice: attack,
      })
      .map((given) => judged(given)),
    { maxLength: 8 },
  ),
  notes: fc.array(fc.record({ message: attack, hint: attack, place: fc.record({ file: attack }) }), { maxLength: 3 }),
})
