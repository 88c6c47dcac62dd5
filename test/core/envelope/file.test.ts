import { beforeAll, describe, expect, it } from 'vitest'
import { isEncryptedFile, parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { splitLines } from '../../../src/core/envelope/text/lines.ts'
import { printMetadata } from '../../../src/core/envelope/text/metadata.ts'
import { bytesOf, linesOf, type Member, newMember, refusal, seal } from '../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

describe('a file is judged by its content', () => {
  it.each([
    'sops_mac=x',
    'A=1\nsops_version=3.9.0\n',
    '\nsops_lastmodified=',
    'sops_mac=x\r\nA=1\r\n',
    '\u{feff}\nsops_mac=',
  ])('%j is encrypted, whole or not', (text) => {
    expect(isEncryptedFile(bytesOf(text))).toBe(true)
  })

  it.each([
    '',
    'A=1\n',
    '#sops_mac=x',
    ' sops_mac=x',
    'A=1\rsops_mac=x',
    'A=sops_mac=x',
    'SOPS_MAC=x',
    'sops_mac',
    'xsops_mac=1',
  ])('%j is not', (text) => {
    expect(isEncryptedFile(bytesOf(text))).toBe(false)
  })
})

describe('an error about a line', () => {
  it.each([
    ['A=1\nhunter2\n', 'malformed', 2],
    ['A=1\r\nhunter2\r\n', 'malformed', 2],
    ['A=1\n\n#c\nhunter2 x=1\n', 'name-invalid', 4],
    ['A=1\nsops_=hunter2\n', 'name-invalid', 2],
    ['A=hunter2\n\nA=hunter3\n', 'duplicate', 3],
    ['sops_x=hunter2\nsops_x=hunter2\n', 'duplicate', 2],
  ])('%j is %s at line %i, and shows nothing of it', async (text, code, line) => {
    const error = await refusal(() => splitLines(bytesOf(text)))
    expect(error).toMatchObject({ code, line })
    expect(`${error.message} ${error.hint}`).not.toContain('hunter')
  })

  it('tells what to do with a file that is not encrypted', async () => {
    expect(await refusal(() => parseEncryptedFile(bytesOf('A=hunter2\n')))).toMatchObject({
      code: 'malformed',
      hint: expect.stringContaining('sealward encrypt'),
    })
  })

  it('gives the line of a value and of a comment that cannot be opened, with the name where it can be shown', async () => {
    const { open } = await import('../../support/sealing.ts')
    const lines = linesOf(await seal([{ kind: 'comment', text: 'x' }], [member]))
    const cases: [string, { anyName?: boolean }, object][] = [
      ['\n\nNAME=hunter2', {}, { code: 'plaintext-value', line: 3, message: expect.stringContaining('NAME: ') }],
      [
        '\nna\u{1b}me=hunter2',
        { anyName: true },
        { code: 'plaintext-value', line: 2, message: expect.not.stringContaining('\u{1b}') },
      ],
      ['\n\n\n#ENC[hunter2', {}, { code: 'malformed', line: 4, message: expect.stringContaining('comment') }],
    ]
    for (const [text, options, wanted] of cases) {
      const error = await refusal(() => open(bytesOf([text, ...lines, ''].join('\n')), member.identity, options))
      expect(error).toMatchObject(wanted)
      expect(`${error.message} ${error.hint}`).not.toContain('hunter')
    }
  })
})

describe('the metadata of a new file', () => {
  const names = (kind: 'encrypted_regex' | 'unencrypted_suffix', macOnlyEncrypted: boolean) => {
    const wrappedKeys = Array.from({ length: 11 }, () => ({ recipient: 'r', armored: 'a\nb\n' }))
    const rule = { kind, pattern: 'x' }
    return printMetadata({ wrappedKeys, shares: null, rule, macOnlyEncrypted, timestamp: 't', mac: 'm' })
  }

  it('stands in the order of SOPS 3.13: by name, and lists by number', () => {
    const lists = Array.from({ length: 11 }, (_, index) =>
      ['enc', 'recipient'].map((field) => `age__list_${index}__map_${field}`),
    ).flat()
    expect(names('unencrypted_suffix', true).map(({ name }) => name)).toEqual([
      ...lists,
      'lastmodified',
      'mac',
      'mac_only_encrypted',
      'unencrypted_suffix',
      'version',
    ])
    expect(names('encrypted_regex', false).map(({ name }) => name)).toEqual([
      ...lists,
      'encrypted_regex',
      'lastmodified',
      'mac',
      'version',
    ])
  })

  it('holds each armor on one line', () => {
    expect(names('encrypted_regex', false)[0]).toEqual({ name: 'age__list_0__map_enc', stored: 'a\\nb\\n' })
  })
})
