import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addMember, removeMember, renameMember } from '../../../src/core/members/edit-policy.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { codeOf, newMember, refusal } from '../../support/sealing.ts'

const keys = await Promise.all(Array.from({ length: 4 }, async () => (await newMember()).recipient.text))
const [A, B, C, D] = keys as [string, string, string, string]
const file = 'sealward.yml'

/** Everything people write into such a file and want to find again. */
const TEXT = `# Who opens what.
version: 1

recipients:
    # the team
    alice:   ${A}   # since the start
    'bob': [ ${B} ]

    ci:
        keys:
            - ${C}   # of the runner
        roles: [service]
    # the end of the team

files:
# production first
- path: "prod/**"
  recipients: [alice,   bob]  # both
- path: stage/**
  recipients:
  - alice
  - 'bob' # too
  # nobody else
- path: "**"

secrets:
  - name: DATABASE_URL
    rotate-every: 30d
`

describe('adding somebody', () => {
  it('changes no other byte of a file with comments, blank lines and every style', () => {
    const edited = addMember({ text: TEXT, file }, { name: 'dora', keys: [D], rules: ['prod/**', 'stage/**'] })
    expect(edited).toBe(
      TEXT.replace('        roles: [service]\n', `        roles: [service]\n    dora: ${D}\n`)
        .replace('[alice,   bob]', '[alice,   bob, dora]')
        .replace("  - 'bob' # too\n", "  - 'bob' # too\n  - dora\n"),
    )
  })

  it.each([
    ['an empty file', '', `recipients:\n  dora: ${D}\n`],
    ['a file without the section', 'version: 1\n', `version: 1\n\nrecipients:\n  dora: ${D}\n`],
    ['a file without its last line end', 'version: 1', `version: 1\n\nrecipients:\n  dora: ${D}`],
    ['a section in braces', `recipients: { alice: ${A} } # all\n`, `recipients: { alice: ${A}, dora: ${D} } # all\n`],
    ['an empty section', 'recipients: {}\nfiles: []\n', `recipients: { dora: ${D} }\nfiles: []\n`],
    [
      'lines of Windows',
      `recipients:\r\n  alice: ${A}\r\nversion: 1\r\n`,
      `recipients:\r\n  alice: ${A}\r\n  dora: ${D}\r\nversion: 1\r\n`,
    ],
    ['no line end behind the last one', `recipients:\n  alice: ${A}`, `recipients:\n  alice: ${A}\n  dora: ${D}`],
  ])('works in %s', (_, text, wanted) => {
    expect(addMember({ text, file }, { name: 'dora', keys: [D], rules: [] })).toBe(wanted)
  })

  it('quotes a name that YAML would read as something else', () => {
    const edited = addMember({ text: '', file }, { name: '1e3', keys: [D], rules: [] })
    expect([...parsePolicy(edited, file).recipients.keys()]).toEqual(['1e3'])
  })

  it.each([
    [[D], undefined, D],
    [[C, D], [], `[${C}, ${D}]`],
    [[D], ['readonly', 'shop-1'], `{ keys: ${D}, roles: [readonly, shop-1] }`],
    [[C, D], ['admin'], `{ keys: [${C}, ${D}], roles: [admin] }`],
  ])('writes the keys %j and the roles %j in one line', (keys, roles, line) => {
    const text = `recipients:\n  alice: ${A}\nroles:\n  shop-1: { paths: ["shop/**"] }\n`
    const edited = addMember({ text, file }, { name: 'dora', keys, rules: [], ...(roles && { roles }) })
    expect(edited).toBe(text.replace('\nroles', `\n  dora: ${line}\nroles`))
  })

  it.each([
    ['redonly', 'did you mean readonly?'],
    ['of-nobody', 'a role of your own is an entry of roles, with paths or environments'],
  ])('refuses the role %s, which there is not', async (role, hint) => {
    const {
      code,
      message,
      hint: told,
    } = await refusal(() =>
      addMember({ text: TEXT, file }, { name: 'dora', keys: [D], roles: ['admin', role], rules: [] }),
    )
    expect([code, message, told]).toEqual(['not-found', `there is no role ${role}`, hint])
  })

  it('asks which of several key groups is meant, and adds to none', async () => {
    const text = `recipients: { alice: ${A}, bob: ${B} }\nfiles: [{ path: x, key-groups: [[alice], [bob]] }]\n`
    const { code, hint } = await refusal(() => addMember({ text, file }, { name: 'd', keys: [D], rules: ['x'] }))
    expect([code, hint]).toEqual(['unsupported', expect.stringContaining('by hand')])
  })

  it('refuses a name that is there, a rule that is not, and a key that is none', async () => {
    const source = { text: TEXT, file }
    expect(await codeOf(() => addMember(source, { name: 'bob', keys: [D], rules: [] }))).toBe('exists')
    expect(await codeOf(() => addMember(source, { name: 'dora', keys: [D], rules: ['**'] }))).toBe('not-found')
    expect(await codeOf(() => addMember(source, { name: 'dora', keys: ['age1x'], rules: [] }))).toBe('unsupported')
  })
})

describe('taking somebody off', () => {
  it('takes the entry and every mention, and no comment of others', () => {
    const edited = removeMember({ text: TEXT, file }, 'bob')
    expect(edited).toBe(
      TEXT.replace(`    'bob': [ ${B} ]\n`, '').replace('[alice,   bob]', '[alice]').replace("  - 'bob' # too\n", ''),
    )
  })

  it('takes an entry of several lines, and a key that a rule has by itself', () => {
    const text = TEXT.replace('[alice,   bob]', `[alice, ${C}]`)
    const edited = removeMember({ text, file }, 'ci')
    expect(edited).not.toContain(C)
    expect(edited).toContain('    # the end of the team\n')
  })

  it('takes a name and a key of theirs that stand side by side', () => {
    const text = `recipients: {alice: ${A}, bob: ${B}}\nfiles:\n- path: a\n  recipients: [alice, bob, ${B}] # both\n`
    expect(removeMember({ text, file }, 'bob')).toBe(
      `recipients: {alice: ${A}}\nfiles:\n- path: a\n  recipients: [alice] # both\n`,
    )
  })

  it('takes a name out of key groups, also out of those that two rules share', () => {
    const text = `recipients: {alice: ${A}, bob: ${B}, carol: ${C}, dora: ${D}}
files:
- &rule
  path: a
  key-groups: [&one [alice, bob], [carol]]
- path: b
  key-groups: [*one, [dora]]
- *rule
`
    expect(removeMember({ text, file }, 'bob')).toBe(text.replace(`, bob: ${B}`, '').replace(', bob]', ']'))
  })

  it('leaves a rule that two share by an alias in order', () => {
    const text = `recipients: {alice: ${A}, bob: ${B}}\nfiles:\n- path: a\n  recipients: &team [alice, bob]\n- path: b\n  recipients: *team\n`
    expect(removeMember({ text, file }, 'bob')).toBe(text.replaceAll(`, bob: ${B}`, '').replace(', bob', ''))
  })

  it('refuses where nobody would be left, and who is not there', async () => {
    const text = `recipients:\n  alice: ${A}\n  bob: ${B}\nfiles:\n- path: x\n  recipients: [bob]\n`
    expect(await codeOf(() => removeMember({ text, file }, 'bob'))).toBe('unsupported')
    expect(await codeOf(() => removeMember({ text: `recipients: {alice: ${A}}`, file }, 'alice'))).toBe('unsupported')
    expect(await codeOf(() => removeMember({ text, file }, 'carol'))).toBe('not-found')
  })
})

describe('calling somebody otherwise', () => {
  it('changes the name wherever it stands, and nothing else', () => {
    const edited = renameMember({ text: TEXT, file }, { from: 'bob', to: 'robert' })
    expect(edited).toBe(
      TEXT.replace("'bob': [", 'robert: [').replace('  bob]', '  robert]').replace("- 'bob' #", '- robert #'),
    )
  })

  it('refuses a name that is taken or that is none', async () => {
    const source = { text: TEXT, file }
    expect(await codeOf(() => renameMember(source, { from: 'bob', to: 'alice' }))).toBe('exists')
    expect(await codeOf(() => renameMember(source, { from: 'bob', to: 'a b' }))).toBe('unsupported')
  })
})

describe('recipients in a way that nobody foresaw', () => {
  const entry = (options: string) => `rotation: { credentials: [{ name: a, path: b, url: C, options: &r ${options} }] }`
  const text = `${entry(`{ alice: ${A}, bob: ${B} }`)}\nrecipients: *r\n`
  it.each([
    ['adding', () => addMember({ text, file }, { name: 'dora', keys: [D], rules: [] })],
    ['taking off', () => removeMember({ text, file }, 'bob')],
    ['calling otherwise', () => renameMember({ text, file }, { from: 'bob', to: 'rob' })],
  ])('are not guessed at: %s is refused, and said to be done by hand', async (_, edit) => {
    const { code, message, hint } = await refusal(edit)
    expect([code, message]).toEqual(['unsupported', 'recipients is written in a way that is not edited here'])
    expect(hint).toContain('by hand')
  })
})

describe('every policy', () => {
  const name = fc.stringMatching(/^[b-z][a-z0-9._@+-]{0,8}$/).filter((text) => !/^age/.test(text))
  it('is as it was after somebody was added and taken off again', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        fc.boolean(),
        (names, flow, listed) => {
          const entries = names.map((one, at) => `${JSON.stringify(one)}: ${keys[at]}`)
          const section = flow ? ` { ${entries.join(', ')} }` : entries.map((entry) => `\n  ${entry} # x`).join('')
          const rules = listed
            ? `files:\n  - path: p\n    recipients: [${names.map((one) => JSON.stringify(one)).join(', ')}]\n`
            : ''
          const text = `# top\nrecipients:${section}\n# behind\n${rules}`
          const added = addMember({ text, file }, { name: 'a', keys: [D], rules: listed ? ['p'] : [] })
          expect(removeMember({ text: added, file }, 'a')).toBe(text)
        },
      ),
    )
  })
})
