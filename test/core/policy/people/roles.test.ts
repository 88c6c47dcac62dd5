import { describe, expect, it } from 'vitest'
import { keyGroupsFor, recipientsFor } from '../../../../src/core/policy/match.ts'
import { compareAccess } from '../../../../src/core/policy/people/compare.ts'
import { parsePolicy } from '../../../../src/core/policy/policy.ts'
import { refusal } from '../../dotenv/reading.ts'
import { madeUpRecipient } from '../recipients.ts'

const NAMES = ['plain', 'admin', 'own', 'viewer', 'turner', 'app', 'watcher'] as const
const KEYS = Object.fromEntries(NAMES.map((name) => [name, madeUpRecipient()])) as Record<
  (typeof NAMES)[number],
  string
>
const ROLES = {
  plain: null,
  admin: 'admin',
  own: 'shop',
  viewer: 'readonly',
  turner: 'rotation',
  app: 'service',
  watcher: 'monitoring',
}

function policyWith(rest: string, roles: Readonly<Record<string, string | null>> = ROLES) {
  const entries = Object.entries(roles).map(([name, role]) => {
    const key = KEYS[name as keyof typeof KEYS]
    return `  ${name}: ${role === null ? key : `{ keys: ${key}, roles: [${role}] }`}\n`
  })
  return parsePolicy(`recipients:\n${entries.join('')}${rest}`, 'sealward.yml')
}

const SHOP = 'roles:\n  shop: { paths: ["shop/**"] }\n'

/** Names of those who can open a file. */
function who(policy: ReturnType<typeof policyWith>, path: string): string[] {
  const keys = recipientsFor(policy, path)
  return NAMES.filter((name) => keys.includes(KEYS[name]))
}

describe('roles', () => {
  it.each([
    ['.env.encrypted', 'plain admin turner'],
    ['.env.production.encrypted', 'plain admin turner'],
    ['.env.staging.encrypted', 'plain admin viewer turner'],
    ['shop/.env.encrypted', 'plain admin own turner'],
    ['shop/.env.development.encrypted', 'plain admin own viewer turner'],
  ])('that are built in and one of its own cover %s for %s', (path, expected) => {
    expect(who(policyWith(SHOP), path).join(' ')).toBe(expected)
  })

  it('let somebody in beside those whom an entry of files names, who need no role for it', () => {
    const policy = policyWith(`${SHOP}files:\n  - path: shop/prod/**\n    recipients: [app, plain]\n`)
    expect(who(policy, 'shop/prod/.env.encrypted')).toEqual(['plain', 'admin', 'own', 'turner', 'app'])
  })

  it('ask for the path and the environment where they say both, an environment by its name or its kind', () => {
    const rest = (role: string) => `roles:\n  shop: ${role}\nenvironments:\n  eu: { paths: ["eu/**"], kind: staging }\n`
    const covers = (role: string, path: string) => who(policyWith(rest(role)), path).includes('own')
    expect([covers('{ environments: [eu] }', 'eu/a'), covers('{ environments: [eu] }', 'us/a')]).toEqual([true, false])
    expect([covers('{ environments: [staging] }', 'eu/a'), covers('{ environments: [production] }', 'eu/a')]).toEqual([
      true,
      false,
    ])
    const both = '{ paths: ["*/a"], environments: [eu] }'
    expect([covers(both, 'eu/a'), covers(both, 'eu/b'), covers(both, 'us/a')]).toEqual([true, false, false])
  })

  it('that are built in go by what an environment is for, whatever it is called', () => {
    const called = (kind: string) =>
      who(policyWith(`${SHOP}environments:\n  staging: { paths: ["eu/**"], kind: ${kind} }\n`), 'eu/.env.encrypted')
    expect(called('production')).toEqual(['plain', 'admin', 'turner'])
    expect(called('development')).toContain('viewer')
    const own =
      'roles:\n  shop: { paths: ["shop/**"] }\n  readonly: { environments: [staging] }\nenvironments:\n  staging: { paths: ["eu/**"], kind: production }\n'
    expect(who(policyWith(own), 'eu/.env.encrypted')).toContain('viewer')
  })

  it('can be given other files under the name of a built-in one', () => {
    const policy = policyWith(`${SHOP}  admin: { paths: ["a/**"] }\n  monitoring: { paths: ["**"] }\n`)
    expect(who(policy, 'b/.env.encrypted')).toEqual(['plain', 'turner', 'watcher'])
  })

  it('let nobody into a file that key groups open together', () => {
    const policy = policyWith(`${SHOP}files:\n  - path: x\n    key-groups: [[plain], [app]]\n    threshold: 2\n`)
    expect(who(policy, 'x')).toEqual(['plain', 'app'])
    expect(keyGroupsFor(policy, 'x').groups).toHaveLength(2)
  })

  it.each([
    [
      'a role that is not there',
      SHOP,
      { own: 'shp' },
      'recipients.own.roles[0] is a name that roles does not have; did you mean shop?',
    ],
    [
      'an environment that is not there',
      'roles:\n  shop: { environments: [prodction] }\n',
      { own: 'shop' },
      'did you mean production?',
    ],
    ['a role that covers nothing it says', 'roles:\n  shop: {}\n', { own: 'shop' }, 'needs paths or environments'],
    ['an empty list of paths', 'roles:\n  shop: { paths: [] }\n', { own: 'shop' }, 'must not be empty'],
  ])('%s is refused: a typing error opens nothing and closes nothing', (_, rest, roles, message) => {
    const { code, message: said } = refusal(() => policyWith(rest, roles))
    expect([code, said]).toEqual(['policy-invalid', expect.stringContaining(message)])
  })
})

describe('two versions of sealward.yml', () => {
  const files = ['.env.encrypted', 'shop/.env.encrypted'].map((path) => ({ path, relative: path }))
  const changes = (before: ReturnType<typeof policyWith>, after: ReturnType<typeof policyWith>) =>
    compareAccess(before, after, files).map(({ change, name, file }) => `${change} ${name} ${file}`)

  it('that say the same of the files differ in nothing', () => {
    expect(changes(policyWith(SHOP), policyWith(`${SHOP}  unused: { paths: ["x"] }\n`))).toEqual([])
  })

  it('say who gains, who loses, and who has other keys', () => {
    const [before, after] = [
      policyWith(SHOP, { plain: null, own: 'shop' }),
      policyWith(SHOP, { own: 'shop', admin: 'admin' }),
    ]
    expect(changes(before, after)).toEqual([
      'gains admin .env.encrypted',
      'loses plain .env.encrypted',
      'gains admin shop/.env.encrypted',
      'loses plain shop/.env.encrypted',
    ])
    const renewed = parsePolicy(`recipients:\n  plain: ${KEYS.app}\n`, 'sealward.yml')
    expect(changes(policyWith('', { plain: null }), renewed)[0]).toBe('rekeyed plain .env.encrypted')
  })

  it('say of a key that is nobody in recipients that it comes or goes, and by which entry', () => {
    const strays = [madeUpRecipient(), madeUpRecipient()].sort()
    const rule = (keys: string) => policyWith(`files:\n  - path: "**"\n    recipients: [${keys}]\n`, { plain: null })
    const [without, with_] = [rule('plain'), rule(`plain, ${strays.join(', ')}`)]
    const each = (change: 'gains' | 'loses') =>
      strays.map((key) => ({
        ...{ change, file: '.env.encrypted', name: null, keys: [key], why: 'files[0], sealward.yml:4' },
      }))
    expect(compareAccess(without, with_, files.slice(0, 1))).toEqual(each('gains'))
    expect(compareAccess(with_, without, files.slice(0, 1))).toEqual(each('loses'))
  })

  it('differ where the same people have to come together', () => {
    const rule = (more: string) => policyWith(`files:\n  - path: "**"\n    ${more}\n`, { plain: null, own: null })
    const together = rule('key-groups: [[plain], [own]]\n    threshold: 2')
    expect(compareAccess(rule('recipients: [plain, own]'), together, files.slice(0, 1))).toEqual([
      { change: 'regrouped', file: '.env.encrypted', name: null, keys: [], why: '2 of 2 key groups' },
    ])
    expect(compareAccess(together, rule('recipients: [plain, own]'), files.slice(0, 1))).toEqual([
      { change: 'regrouped', file: '.env.encrypted', name: null, keys: [], why: 'each alone' },
    ])
  })
})
