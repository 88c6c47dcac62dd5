import { describe, expect, it } from 'vitest'
import { TOKEN_RULES } from '../../../../src/core/scan/tokens/token-rules.ts'
import { fillTemplate, seeded } from '../templates.ts'
import { matchesOf } from './matcher.ts'

/** Two rows that see the same token, and why that is right. `a b`: the hits of a are also found by b. */
const SHARED: ReadonlyMap<string, string> = new Map([
  ['clerk-secret-key stripe-live-key', 'Clerk took the prefix of Stripe: only the word nearby tells them apart'],
  ['alpaca-key aws-secret-access-key', 'SECRET_KEY stands before both, and both are 40 characters'],
  ['duo-secret-key aws-secret-access-key', 'SECRET_KEY stands before both, and both are 40 characters'],
  ['dotenvx-private-key ethereum-private-key', 'PRIVATE_KEY stands before both, and both are 32 bytes in hex'],
])

const ROUNDS = [1, 2, 3, 4, 5]
const rows = TOKEN_RULES.map((rule) => [rule.id, rule] as const)

describe('The table of tokens', () => {
  it('has at least 200 rows', () => expect(TOKEN_RULES.length).toBeGreaterThanOrEqual(200))

  it('gives every row an id of its own, in kebab case', () => {
    const ids = TOKEN_RULES.map((rule) => rule.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
  })

  it.each(rows)('%s is complete', (_, rule) => {
    expect(rule.what).toMatch(/^(an?|the) \S/)
    expect(rule.advice).toMatch(/^[A-Z].*\.$/)
    expect(rule.hits.length).toBeGreaterThan(0)
    expect(rule.misses.length).toBeGreaterThan(0)
    expect(rule.shape.flags).toBe('')
    expect(rule.literals.length > 0 || (rule.near ?? []).length > 0).toBe(true)
    expect([...rule.literals, ...(rule.near ?? [])].filter((text) => text.length < 3)).toEqual([])
    expect((rule.near ?? []).filter((word) => word !== word.toLowerCase())).toEqual([])
  })

  it.each(rows)('%s matches each of its hits once, and none of its misses', (_, rule) => {
    for (const seed of ROUNDS) {
      const random = seeded(seed)
      for (const hit of rule.hits) expect(matchesOf(rule, fillTemplate(hit, random)), hit).toHaveLength(1)
      for (const miss of rule.misses) expect(matchesOf(rule, fillTemplate(miss, random)), miss).toEqual([])
    }
  })

  it.each(rows)('%s has one of its literals in every match, no further in than it says', (_, rule) => {
    const random = seeded(7)
    for (const hit of rule.hits) {
      const [match] = matchesOf(rule, fillTemplate(hit, random))
      const places = rule.literals.map((literal) => match!.token.indexOf(literal)).filter((place) => place !== -1)
      if (rule.literals.length > 0) expect(Math.min(...places), hit).toBeLessThanOrEqual(rule.lead ?? 0)
    }
  })

  it('sees a token by one row only, but for the pairs that are listed', () => {
    const random = seeded(11)
    const shared = new Set<string>()
    for (const rule of TOKEN_RULES) {
      for (const hit of rule.hits) {
        const text = fillTemplate(hit, random)
        for (const other of TOKEN_RULES) {
          if (other !== rule && matchesOf(other, text).length > 0) shared.add(`${rule.id} ${other.id}`)
        }
      }
    }
    expect([...shared].sort()).toEqual([...SHARED.keys()].sort())
  })
})

describe('What is public by design', () => {
  it.each([
    ['a Stripe publishable key', 'pk_live_{b62:24}'],
    ['a Supabase publishable key', 'sb_publishable_{b62:22}_{b62:8}'],
    ['a PostHog project key', 'phc_{b62:43}'],
    ['a Mapbox public token', 'pk.eyJ{b62:60}.{b62:22}'],
    ['a Sentry DSN', 'SENTRY_DSN=https://{hex:32}@o{d:6}.ingest.sentry.io/{d:7}'],
    ['a reCAPTCHA site key', 'RECAPTCHA_SITE_KEY=6Lc{b62:37}'],
    ['a LaunchDarkly client id', 'LAUNCHDARKLY_CLIENT_ID={hex:24}'],
    ['a Google OAuth client id', '{d:12}-{a36:32}.apps.googleusercontent.com'],
    ['an SSH fingerprint', 'SHA256:{b64:43}'],
    ['the integrity of a lock file', '"integrity": "sha512-{b64:86}=="'],
    ['the hash of go.sum', 'github.com/a/b v1.2.3 h1:{b64:43}='],
    ['a commit', 'uses: actions/checkout@{hex:40}'],
    ['a UUID', 'id: {uuid}'],
    ['a value of SOPS', 'PASSWORD=ENC[AES256_GCM,data:{b64:24},iv:{b64:43}=,tag:{b64:22}==,type:str]'],
    ['a recipient of age', 'age1{bech:58}'],
    ['a public key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{b64:43} me@example.com'],
    ['a public Nostr key', 'npub1{bech:58}'],
    ['a placeholder', 'GITHUB_TOKEN=${{ secrets.GITHUB_TOKEN }}'],
    ['the key of the documentation of AWS', 'AKIAIOSFODNN7EXAMPLE'],
  ])('is no finding: %s', (_, template) => {
    const text = fillTemplate(template, seeded(3))
    expect(TOKEN_RULES.filter((rule) => matchesOf(rule, text).length > 0).map((rule) => rule.id)).toEqual([])
  })
})
