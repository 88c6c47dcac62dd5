import { beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '../../../src/core/dotenv/document.ts'
import { inspectFile } from '../../../src/core/envelope/inspect.ts'
import type { Rule } from '../../../src/core/envelope/values/rule.ts'
import { bytesOf, linesOf, newMember, seal } from '../../support/sealing.ts'

const DOCUMENT: Document = [
  { kind: 'comment', text: ' one' },
  { kind: 'blank' },
  { kind: 'entry', name: 'TOKEN', value: 'hunter2' },
  { kind: 'entry', name: 'EMPTY', value: '' },
  { kind: 'entry', name: 'HOST_unencrypted', value: 'db' },
]

let lines: string[]
beforeAll(async () => {
  lines = linesOf(await seal(DOCUMENT, [await newMember()]))
})

describe('inspecting without a key', () => {
  it('finds nothing in a file that is in order, with comments written by hand', async () => {
    expect(await inspect(lines)).toEqual([])
    expect(await inspect(['# by hand', '#', ...lines])).toEqual([])
  })

  it('finds plain text where the rule wants ciphertext, and names line and variable but never the value', async () => {
    const findings = await inspect([...lines.slice(0, 3), 'NEW=hunter2', ...lines.slice(3)])
    expect(findings).toMatchObject([{ rule: 'plaintext-value', file: 'x.env', line: 4, name: 'NEW' }])
    expect(JSON.stringify(findings)).not.toContain('hunter')
  })

  it('finds broken ciphertexts of values and comments, one finding each', async () => {
    const broken = lines
      .with(0, lines[0]!.slice(0, -1))
      .with(2, lines[2]!.replace('type:str', 'type:comment'))
      .with(3, 'EMPTY=ENC[]')
    expect(await inspect(broken)).toMatchObject([
      { rule: 'malformed', line: 1 },
      { rule: 'malformed', line: 3, name: 'TOKEN' },
      { rule: 'malformed', line: 4, name: 'EMPTY' },
    ])
    expect(await inspect(lines.with(0, lines[0]!.replace('type:comment', 'type:str')))).toMatchObject([
      { rule: 'malformed', line: 1 },
    ])
  })

  it('finds metadata that is not whole', async () => {
    for (const name of ['mac', 'version', 'lastmodified', 'age__list_0__map_enc'])
      expect(await inspect(lines.filter((line) => !line.startsWith(`sops_${name}=`)))).toMatchObject([
        { rule: 'malformed' },
      ])
    expect(await inspect(lines.map((line) => line.replace(/^sops_mac=.*/, 'sops_mac=ENC[]')))).toMatchObject([
      { rule: 'malformed' },
    ])
    expect(await inspect([...lines, 'sops_encrypted_regex=('])).toMatchObject([{ rule: 'malformed' }])
    expect(await inspect([...lines, 'TOKEN='])).toMatchObject([{ rule: 'malformed', line: lines.length + 1 }])
  })

  it('finds names that can take over a process, and never prints one that could drive a terminal', async () => {
    expect(await inspect(['NODE_OPTIONS=', ...lines])).toMatchObject([
      { rule: 'name-denied', line: 1, name: 'NODE_OPTIONS' },
    ])
    const findings = await inspect(['\u{1b}[2J=plain', ...lines])
    expect(findings).toMatchObject([{ rule: 'plaintext-value' }])
    expect(JSON.stringify(findings)).not.toContain('[2J')
  })

  it('finds a rule under which nothing is encrypted, but not a file with nothing to encrypt', async () => {
    const rule: Rule = { kind: 'encrypted_suffix', pattern: '_SECRTE' }
    const member = await newMember()
    const weak = await seal([{ kind: 'entry', name: 'A_SECRET', value: 'x' }], [member], { rule })
    expect(await inspectFile(weak, 'x.env')).toMatchObject([{ rule: 'rule-weak' }])
    expect(await inspectFile(await seal([], [member], { rule }), 'x.env')).toEqual([])
  })

  it('follows the comments under a comment rule', async () => {
    const rule: Rule = { kind: 'encrypted_comment_regex', pattern: 'secret' }
    const document: Document = [
      { kind: 'entry', name: 'A', value: 'plain' },
      { kind: 'comment', text: ' secret' },
      { kind: 'entry', name: 'B', value: 'x' },
    ]
    const sealed = linesOf(await seal(document, [await newMember()], { rule }))
    expect(await inspect(sealed)).toEqual([])
    expect(await inspect(sealed.with(2, 'B=x'))).toMatchObject([
      { rule: 'plaintext-value', line: 3, name: 'B' },
      { rule: 'rule-weak' },
    ])
  })

  it('says of any other file that it is not encrypted', async () => {
    expect(await inspect(['A=hunter2'])).toMatchObject([{ rule: 'not-encrypted', file: 'x.env' }])
  })
})

function inspect(lines: readonly string[]): ReturnType<typeof inspectFile> {
  return inspectFile(bytesOf(`${lines.join('\n')}\n`), 'x.env')
}
