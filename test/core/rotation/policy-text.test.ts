import { beforeAll, describe, expect, it } from 'vitest'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { substituteRecipient } from '../../../src/core/rotation/policy-text.ts'
import { codeOf, newMember } from '../../support/sealing.ts'

let [old, fresh, other]: string[] = []
beforeAll(async () => {
  const members = await Promise.all([newMember(), newMember(), newMember()])
  ;[old, fresh, other] = members.map(({ recipient }) => recipient.text)
})

const change = (text: string, into: readonly string[]) =>
  substituteRecipient({ text, file: 'sealward.yml' }, { old: old!, fresh: into, today: '2026-03-04' })

describe('a recipient in sealward.yml', () => {
  it('is replaced wherever it stands, by one or by two, and every other byte stays', () => {
    const text = (key: string, flow: string, block: string, since: string) => `# people
recipients:
  alice:   ${key}  # her laptop

  bob: ["${other}"]
  carol: [ ${other}, ${flow} ]
  'dave':
    owner: "@dave"
    since: ${since} # joined
    keys:
      - ${other}
      ${block}   # second
files:
  - path: a/**
    recipients: [bob, ${flow}]
  - path: '**'
`
    const before = text(old!, old!, `- ${old}`, '2020-01-01')
    expect(change(before, [fresh!])).toBe(text(fresh!, fresh!, `- ${fresh}`, '2026-03-04'))
    const both = text(`[${fresh}, ${old}]`, `${fresh}, ${old}`, `- ${fresh}\n      - ${old}`, '2026-03-04')
    expect(change(before, [fresh!, old!])).toBe(both)
    expect(change(both.replaceAll('\n', '\r\n'), [])).toBe(
      text(fresh!, fresh!, `- ${fresh}`, '2026-03-04').replace('   # second', '').replaceAll('\n', '\r\n'),
    )
  })

  it('is replaced by two in a file with the line ends of Windows, with no other among them', () => {
    const text = (key: string) => `recipients:\r\n  alice:\r\n    - ${key}\r\n    - ${other}\r\n`
    expect(change(text(old!), [fresh!, old!])).toBe(text(`${fresh}\r\n    - ${old}`))
  })

  it('that is not there leaves the text alone', () => {
    const text = `recipients: { alice: ${other} } # ${old}\n`
    expect(change(text, [fresh!])).toBe(text)
  })

  it('that two places share is replaced in both', () => {
    const edited = change(`recipients:\n  alice: &a ${old}\n  bob: *a\n`, [fresh!])
    expect([...parsePolicy(edited, 'x').recipients.values()]).toEqual([[fresh], [fresh]])
  })

  it('is refused where nobody would be left, or the text says it in another way', async () => {
    expect(await codeOf(() => change(`recipients:\n  alice: ${old}\n`, []))).toBe('unsupported')
    expect(await codeOf(() => change(`recipients:\n  alice: [${old}]\n`, []))).toBe('unsupported')
    expect(await codeOf(() => change(`recipients:\n  alice: &a ${old}\n  bob: [*a]\n`, [fresh!, old!]))).toBe(
      'unsupported',
    )
  })
})
