import fc from 'fast-check'
import { beforeAll, describe, expect } from 'vitest'
import { parseEncryptedFile } from '../../src/core/envelope/file.ts'
import { unwrapWith } from '../../src/core/envelope/keys/data-key.ts'
import { parseTreeFile, type TreeFile } from '../../src/core/interchange/sops/file.ts'
import { nameLeaves } from '../../src/core/interchange/sops/naming.ts'
import { type OpenedLeaf, openTree } from '../../src/core/interchange/sops/open-tree.ts'
import { printTree } from '../../src/core/interchange/sops/print-tree.ts'
import { inCI, itWith } from '../peers.ts'
import { documentOf, variablesOf } from '../support/documents.ts'
import { type Member, newMember, seal } from '../support/sealing.ts'
import { type Sops, withSops } from '../support/sops.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

const YAML = `# top
a:
  b: # inline
    - x
    - 1
    - true
    - 1.5
    - ~
    - {k: v, "2": w, "1": z}
  "3": y
empty: ""
nothing: {list: [], map: {}}
multi: |
  l1
  l2
date: 2020-01-02
hex: 0x1F
big: 1e25
n_unencrypted: {text: hi, date: 2020-01-02, hex: 0x1F, float: 1.50, bool: false, int: -3, odd: "yes", zip: "0123"}
`
const FROM_YAML = {
  ...{ A_B_0: 'x', A_B_1: '1', A_B_2: 'true', A_B_3: '1.5', A_B_5_K: 'v', A_B_5_2: 'w', A_B_5_1: 'z', A_3: 'y' },
  ...{ EMPTY: '', MULTI: 'l1\nl2\n', DATE: '2020-01-02T00:00:00Z', HEX: '31', BIG: '10000000000000000000000000' },
  ...{ N_UNENCRYPTED_TEXT: 'hi', N_UNENCRYPTED_DATE: '2020-01-02T00:00:00Z', N_UNENCRYPTED_HEX: '31' },
  ...{ N_UNENCRYPTED_FLOAT: '1.5', N_UNENCRYPTED_BOOL: 'false', N_UNENCRYPTED_INT: '-3' },
  ...{ N_UNENCRYPTED_ODD: 'yes', N_UNENCRYPTED_ZIP: '0123' },
}
const JSON_TREE =
  '{"a":{"b":["x",1,true,1.5,null,{"2":"w","1":"z"}]},"n_unencrypted":{"f":1.50,"e":1e21,"s":"a/b\\u00e9"}}'
const FROM_JSON = {
  ...{ A_B_0: 'x', A_B_1: '1', A_B_2: 'true', A_B_3: '1.5', A_B_5_2: 'w', A_B_5_1: 'z' },
  ...{ N_UNENCRYPTED_F: '1.5', N_UNENCRYPTED_E: '1000000000000000000000', N_UNENCRYPTED_S: 'a/bé' },
}
const INI = '; top\nroot = 1\n\n[sec]\nkey = v\nempty =\n\n[s.two]\nn_unencrypted = true\nnum = 007\n'
const FROM_INI = { ROOT: '1', SEC_KEY: 'v', SEC_EMPTY: '', S_TWO_N_UNENCRYPTED: 'true', S_TWO_NUM: '007' }

/** Any tree of a few levels, and what names its values get. */
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('list'), tie('map')),
  leaf: fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.boolean(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  ),
  list: fc.array(tie('node'), { maxLength: 4 }),
  map: fc.dictionary(fc.stringMatching(/^[a-z0-9]{1,6}$/), tie('node'), { maxKeys: 5 }),
}))

async function leavesOf(parsed: TreeFile): Promise<readonly OpenedLeaf[]> {
  return openTree(parsed, (await unwrapWith(parsed.metadata.wrappedKeys, member.identity))!)
}

async function imported(file: Uint8Array): Promise<Record<string, string>> {
  const parsed = parseTreeFile(file)
  return variablesOf(nameLeaves(await leavesOf(parsed), parsed.form).document)
}

function encrypt(sops: Sops, name: string, plain: string, ...flags: string[]): Buffer {
  sops.write(name, plain)
  return Buffer.from(sops.run('--encrypt', '--age', member.recipient.text, ...flags, name))
}

/** Before 3.10 sops knew no times: there the dates are text. */
function withoutTimes<T>(tree: T): T {
  return JSON.parse(JSON.stringify(tree).replaceAll('T00:00:00Z', '').replaceAll(': 2020-01-02', ": '2020-01-02'"))
}

for (const peer of ['sops', 'sops-old'])
  describe(`${peer} and trees`, () => {
    const [yaml, fromYaml] = peer === 'sops' ? [YAML, FROM_YAML] : withoutTimes([YAML, FROM_YAML] as const)
    const it = (title: string, work: (sops: Sops) => Promise<void>): void =>
      itWith(peer, title, (program) => withSops(program!, member, work))

    for (const [name, plain, expected] of [
      ['a.yaml', yaml, fromYaml],
      ['a.json', JSON_TREE, FROM_JSON],
      ['a.ini', INI, FROM_INI],
    ] as const)
      it(`writes ${name}, and we read every value and agree on the MAC`, async (sops) => {
        expect(await imported(encrypt(sops, name, plain))).toEqual(expected)
      })

    for (const flags of [
      ['--encrypted-regex', '^(b|k)$'],
      ['--unencrypted-regex', '^a$'],
      ['--encrypted-suffix', 'y'],
    ])
      it(`agrees on what ${flags.join(' ')} means in a tree`, async (sops) => {
        expect(await imported(encrypt(sops, 'a.yaml', yaml, ...flags))).toEqual(fromYaml)
        expect(await imported(encrypt(sops, 'a.yaml', yaml, '--mac-only-encrypted', ...flags))).toEqual(fromYaml)
      })

    it('reads the YAML and JSON that we write, with their comments', async (sops) => {
      const values = { A: 'x', NO: 'no', B_unencrypted: '1e3', C: 'l1\nl2 "é"', EMPTY: '' }
      const lines = [{ kind: 'comment', text: ' why' } as const, ...documentOf(values)]
      for (const macOnlyEncrypted of [false, true]) {
        const file = parseEncryptedFile(await seal(lines, [member, await newMember()], { macOnlyEncrypted }))
        for (const form of ['yaml', 'json'] as const) {
          sops.write(`out.${form}`, printTree(file, form))
          expect(JSON.parse(sops.run('--decrypt', '--output-type', 'json', `out.${form}`))).toEqual(values)
        }
      }
      expect(sops.run('--decrypt', 'out.yaml')).toMatch(/^# why\n/)
    })

    it('writes any tree, and we read every value of it', async (sops) => {
      const trees = fc.dictionary(fc.stringMatching(/^[a-z]{2,6}$/), tree.node, { minKeys: 1 })
      for (const given of fc.sample(trees, inCI ? 40 : 8)) {
        const leaves = await leavesOf(parseTreeFile(encrypt(sops, 'any.json', JSON.stringify(given))))
        const expected = valuesOf(given)
        // The spelling of numbers is tested above; here they are compared as numbers.
        const found = leaves.map(({ value }, at) => (typeof expected[at] === 'number' ? Number(value) : value))
        expect(found).toEqual(expected)
      }
    })
  })

/** The values of a tree in its order. */
function valuesOf(tree: unknown): (string | number)[] {
  if (typeof tree === 'object' && tree !== null) return Object.values(tree).flatMap(valuesOf)
  return [typeof tree === 'number' ? tree + 0 : String(tree)]
}
