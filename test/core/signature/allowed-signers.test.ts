import { describe, expect, it } from 'vitest'
import { parseAllowedSigners } from '../../../src/core/signature/allowed-signers.ts'
import { refusal } from '../../support/sealing.ts'
import { newKey, publicLine } from './keys.ts'

const key = publicLine(newKey('ed25519'))
const other = publicLine(newKey('ecdsa 256'))
const { fingerprint } = parse(`a ${key}`)[0]!.key

function parse(text: string) {
  return parseAllowedSigners(text, 'allowed_signers')
}

describe('an allowed_signers file', () => {
  it('has a signer a line, with comments and blank lines between', () => {
    const signers = parse(`# who may sign\n\nalice@example.com ${key} a comment\r\n \tbob  ${other}\n   # end`)
    expect(signers.map(({ name, key }) => [name, key.type])).toEqual([
      ['alice@example.com', 'ssh-ed25519'],
      ['bob', 'ecdsa-sha2-nistp256'],
    ])
  })

  it('calls a signer by the first of the principals', () => {
    expect(parse(`alice@example.com,*@example.org ${key}`)[0]!.name).toBe('alice@example.com')
    expect(parse(`"Alice A,bob" ${key}`)[0]!.name).toBe('Alice A')
  })

  it.each([
    ['', {}],
    ['namespaces="git,sealward-file@v1:*"', { namespaces: 'git,sealward-file@v1:*' }],
    ['NameSpaces="a b"', { namespaces: 'a b' }],
    ['valid-after="20260102Z"', { validAfter: new Date('2026-01-02T00:00:00Z') }],
    ['valid-before="202601020304Z"', { validBefore: new Date('2026-01-02T03:04:00Z') }],
    [
      'valid-after="20260102030405Z",valid-before="20280229Z",namespaces="x"',
      {
        validAfter: new Date('2026-01-02T03:04:05Z'),
        validBefore: new Date('2028-02-29T00:00:00Z'),
        namespaces: 'x',
      },
    ],
  ])('reads the options %j', (options, limits) => {
    const [signer] = parse(`alice ${options} ${key}`)
    expect(signer).toEqual({ name: 'alice', key: expect.objectContaining({ fingerprint }), ...limits })
  })

  it.each([
    ['alice', 'PRINCIPALS'],
    [`${key} alice@example.com`, 'no principal'],
    ['alice nothing', 'the key is not of a type'],
    ['alice ssh-ed25519 AAAA', 'the key is cut short'],
    [`alice ssh-ed25519 ${other.split(' ')[1]}`, 'says another type'],
    ['alice ssh-dss AAAA', 'DSA'],
    ['alice ssh-ed25519-cert-v01@openssh.com AAAA', 'certificate'],
    [`alice namespaces="x"${key}`, 'form name="value"'],
    [`alice namespaces="x",,valid-after="20260101Z" ${key}`, 'form name="value"'],
    [`alice namespaces="x", ${key}`, 'form name="value"'],
    [`alice namespaces=x ${key}`, 'form name="value"'],
    [`alice namespaces ${key}`, 'without its value'],
    [`alice namespaces="x",verified ${key}`, 'without its value'],
    [`alice namespaces="x",for="y" ${key}`, 'not known'],
    [`alice namespaces="x",namespaces="y" ${key}`, 'twice'],
    [`alice namespaces="x\\"y" ${key}`, 'PRINCIPALS'],
    [`alice valid-after="20260101" ${key}`, 'depends on the machine'],
    [`alice valid-after="20260230Z" ${key}`, 'YYYYMMDDZ'],
    [`alice valid-after="2026-01-01Z" ${key}`, 'YYYYMMDDZ'],
    [`alice valid-before="202601012460Z" ${key}`, 'YYYYMMDDZ'],
    [`"alice ${key}`, 'PRINCIPALS'],
  ])('refuses the line %j', async (line, why) => {
    const error = await refusal(() => parse(`# first\n${line}\n`))
    expect(error).toMatchObject({ code: 'policy-invalid', file: 'allowed_signers', line: 2 })
    expect(error.message).toContain(why)
    expect(error.message).not.toContain('alice')
  })

  it('refuses a certificate authority, and says what to do', async () => {
    const error = await refusal(() => parse(`*@example.com cert-authority,namespaces="x" ${key}`))
    expect(error).toMatchObject({ code: 'unsupported', line: 1, hint: 'list the keys of the people themselves' })
  })

  it('has a name that cannot write to a terminal', () => {
    expect(parse(`"\u001b[31malice" ${key}`)[0]!.name).toBe('\\x1b[31malice')
  })

  it('is bounded, and read in a time that grows with its length', async () => {
    expect(await refusal(() => parse('#'.repeat(1024 * 1024 + 1)))).toMatchObject({ code: 'limit' })
    for (const unit of ['"a', 'a"', 'namespaces="', 'namespaces="x",', ' ', '"" ', 'a,']) {
      const start = performance.now()
      await refusal(() => parse(`alice ${unit.repeat(Math.floor(1_000_000 / unit.length))}x`))
      expect(performance.now() - start).toBeLessThan(1000)
    }
  })
})
