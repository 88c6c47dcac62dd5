import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { encryptNew } from '../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { unwrapWith } from '../../../src/core/envelope/keys/data-key.ts'
import { readersOf } from '../../../src/core/envelope/keys/key-groups.ts'
import { VALUE_BYTES, VARIABLES } from '../../../src/core/envelope/limits.ts'
import { DEFAULT_RULE } from '../../../src/core/envelope/values/rule.ts'
import { sealValue } from '../../../src/core/envelope/values/seal-value.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { parseTreeFile, type TreeFile, treeFormOf } from '../../../src/core/interchange/sops/file.ts'
import { nameLeaves } from '../../../src/core/interchange/sops/naming.ts'
import { numberLeaf } from '../../../src/core/interchange/sops/number.ts'
import { type OpenedLeaf, openTree } from '../../../src/core/interchange/sops/open-tree.ts'
import { type PrintedForm, printTree } from '../../../src/core/interchange/sops/print-tree.ts'
import { readIniTree } from '../../../src/core/interchange/sops/read-ini.ts'
import { readYamlTree } from '../../../src/core/interchange/sops/read-yaml.ts'
import type { Tree, TreePath } from '../../../src/core/interchange/sops/tree.ts'
import { document, documentOf, rule, variablesOf } from '../../support/documents.ts'
import { bytesOf, codeOf, type Member, newMember, refusal, seal } from '../../support/sealing.ts'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

/** A file of ours in another form. */
async function printed(given: ReturnType<typeof documentOf>, form: PrintedForm, options = {}): Promise<string> {
  return printTree(parseEncryptedFile(await seal(given, [member], options)), form)
}

async function opened(text: string): Promise<readonly OpenedLeaf[]> {
  const file = parseTreeFile(bytesOf(text))
  const dataKey = await unwrapWith(file.metadata.wrappedKeys, member.identity)
  if (dataKey === null) throw new SealwardError('no-identity', 'the identity opens none of the wrapped keys')
  return openTree(file, dataKey)
}

function valuesOf(leaves: readonly OpenedLeaf[]): Record<string, unknown> {
  return Object.fromEntries(leaves.map(({ path, value }) => [path.join('.'), value]))
}

describe('a file of ours as YAML or JSON', () => {
  it('holds the same values, under every rule that its form can hold', async () => {
    const given = fc.tuple(document, rule, fc.boolean(), fc.constantFrom<PrintedForm>('yaml', 'json'))
    await fc.assert(
      fc.asyncProperty(given, async ([lines, chosen, macOnlyEncrypted, form]) => {
        fc.pre(!chosen.kind.includes('comment'))
        // What YAML cannot hold in a comment is refused: the next test.
        fc.pre(lines.every((line) => line.kind !== 'comment' || !/[\p{Cc}\u0085\u2028\u2029\uFEFF]/u.test(line.text)))
        fc.pre(lines.every((line) => line.kind !== 'entry' || !/\\n|\r/.test(line.value)))
        const text = await printed(lines, form, { rule: chosen, macOnlyEncrypted })
        expect(treeFormOf(text)).toBe(form)
        expect(valuesOf(await opened(text))).toEqual(variablesOf(lines))
      }),
      { numRuns: 40 },
    )
  })

  it('holds a plain value that begins as ciphertext does, line breaks and all', async () => {
    const value = 'ENC[x\ny'
    const rule = { kind: 'encrypted_regex', pattern: '^B$' } as const
    for (const form of ['yaml', 'json'] as const) {
      const text = await printed(documentOf({ A: value, B: 'b' }), form, { rule })
      expect(valuesOf(await opened(text))).toEqual({ A: value, B: 'b' })
    }
  })

  it('keeps every ciphertext, so that no key is needed', async () => {
    const bytes = await seal(documentOf({ A: 'x', B: 'y' }), [member])
    const sealed = [
      ...Buffer.from(bytes)
        .toString()
        .matchAll(/^[AB]=(.*)$/gm),
    ].map(([, text]) => text!)
    for (const form of ['yaml', 'json'] as const)
      for (const text of sealed) expect(printTree(parseEncryptedFile(bytes), form)).toContain(text)
  })

  it('has the threshold of its key groups as a number, and no place for blank lines among the metadata', async () => {
    const readers = readersOf({ groups: [[member.recipient.text], [member.recipient.text]], threshold: 2 })
    const envelope = { ...readers, rule: DEFAULT_RULE, macOnlyEncrypted: false }
    const { lines, metadata } = await encryptNew(documentOf({ A: 'x' }), envelope, new Date('2026-01-02T03:04:05Z'))
    const spaced = { ...lines, metadata: [{ name: '', stored: '' }, ...lines.metadata] }
    const { sops } = JSON.parse(printTree({ lines: spaced, metadata }, 'json'))
    expect(sops).toMatchObject({ shamir_threshold: 2, key_groups: [{ age: [{}] }, { age: [{}] }] })
    expect(Object.keys(sops)).not.toContain('')
  })

  it('is not made under a rule that JSON cannot hold, nor with a variable in the place of the metadata', async () => {
    const options = { rule: { kind: 'encrypted_comment_regex', pattern: 's' } }
    expect(await codeOf(() => printed(documentOf({ A: '' }), 'json', options))).toBe('unsupported')
    expect(await codeOf(() => printed(documentOf({ sops: 'x' }), 'yaml'))).toBe('name-invalid')
  })

  it('is not written with a comment that a YAML reader would take for lines of its own', async () => {
    const comment = { kind: 'comment', text: ' x\u2028EVIL: y' } as const
    const options = { rule: { kind: 'encrypted_regex', pattern: '.' } } as const
    expect(await codeOf(() => printed([comment], 'yaml', options))).toBe('not-representable')
    expect(await printed([comment], 'json', options)).not.toContain('EVIL')
  })

  it('does not open when a value was renamed, moved, changed or taken away, or the time was', async () => {
    const text = await printed(documentOf({ A: 'one', B: 'two', C_unencrypted: 'three' }), 'yaml')
    const rows = text.split('\n')
    const altered: readonly (readonly [string, string])[] = [
      [text.replace('"A":', '"Z":'), 'value-not-authentic'],
      [[rows[1], rows[0], ...rows.slice(2)].join('\n'), 'mac-mismatch'],
      [text.replace('three', 'four'), 'mac-mismatch'],
      [rows.slice(1).join('\n'), 'mac-mismatch'],
      [text.replace('"2026-01-02T03:04:05Z"', '"2026-01-02T03:04:06Z"'), 'mac-mismatch'],
      [text.replace(/^"A": .*$/m, '"A": "plain"'), 'plaintext-value'],
      [text.replace(/^"A": .*$/m, '"A": 1'), 'plaintext-value'],
    ]
    for (const [changed, code] of altered) expect(await codeOf(() => opened(changed))).toBe(code)
  })

  it('says where a fault is, and never what stands there', async () => {
    const text = (await printed(documentOf({ A: 'one' }), 'yaml')).replace(/^"A": .*$/m, '"A": {"b": ["hunter2"]}')
    expect((await refusal(() => opened(text))).message).toMatch(/^A\.b\[0\]: /)
    expect((await refusal(() => opened(text))).message).not.toContain('hunter2')
  })
})

describe('a sops file that is a tree', () => {
  /** One value of a file of ours, put under a data key that is known. */
  async function withValue(change: (tree: TreeFile, dataKey: Uint8Array) => TreeFile): Promise<readonly OpenedLeaf[]> {
    const file = parseTreeFile(bytesOf(await printed(documentOf({ A: 'one' }), 'yaml')))
    const dataKey = (await unwrapWith(file.metadata.wrappedKeys, member.identity))!
    return openTree(change(file, dataKey), dataKey)
  }
  const treeOf = (text: string): Tree => ({ kind: 'map', entries: [['A', { kind: 'leaf', type: 'str', text }]] })

  it('has its booleans as dotenv has them, though sops hashes them with a capital', async () => {
    const text = await printed(documentOf({ A_unencrypted: 'True', B: 'x' }), 'yaml')
    expect(valuesOf(await opened(text.replace('"True"', 'true')))).toEqual({ A_unencrypted: 'true', B: 'x' })
  })

  it('may be INI, its metadata flat, and nulls in that of JSON mean nothing', async () => {
    const { lines } = parseEncryptedFile(await seal(documentOf({ A_unencrypted: 'x' }), [member]))
    const rows = lines.metadata.map(({ name, stored }) => `${name} = ${stored}`)
    const ini = ['[a]', 'A_unencrypted = x', '[sops]', ...rows, ''].join('\n')
    expect(treeFormOf(ini)).toBe('ini')
    expect(valuesOf(await opened(ini))).toEqual({ 'a.A_unencrypted': 'x' })
    const json = await printed(documentOf({ A: 'x' }), 'json')
    expect(valuesOf(await opened(json.replace('"sops": {', '"sops": {"kms": null,')))).toEqual({ A: 'x' })
  })

  it.each([
    ['a .env', 'A=x\nsops_mac=x\n'],
    ['a list', '[\nsops:\n x,\n mac: x\n]\n'],
    ['a text', '"\nsops:\n mac: x"\n'],
    ['one that has no metadata but in a value', '{"a": {"sops": {"mac": "x"}}}'],
  ])('is not %s', async (_, text) => {
    expect(await codeOf(() => parseTreeFile(bytesOf(text)))).toBe('malformed')
  })

  it('does not open with a comment in the place of a value, under a rule for comments, nor beyond its limits', async () => {
    const sealed = (text: string, dataKey: Uint8Array, type: 'str' | 'comment' = 'str') =>
      treeOf(sealValue(Buffer.from(text), { dataKey, context: 'A:', type }))
    const comment = await refusal(() => withValue((file, key) => ({ ...file, tree: sealed('x', key, 'comment') })))
    expect(comment).toMatchObject({ code: 'malformed', message: 'A: a value is marked as a comment' })
    const rule = { kind: 'encrypted_comment_regex', pattern: 'x' } as const
    expect(await codeOf(() => withValue((file) => ({ ...file, metadata: { ...file.metadata, rule } })))).toBe(
      'unsupported',
    )
    const large = 'x'.repeat(VALUE_BYTES + 1)
    expect(await codeOf(() => withValue((file, key) => ({ ...file, tree: sealed(large, key) })))).toBe('limit')
    const items = Array.from({ length: VARIABLES + 1 }, (): Tree => ({ kind: 'leaf', type: 'null', text: '' }))
    expect(await codeOf(() => withValue((file) => ({ ...file, tree: { kind: 'list', items } })))).toBe('limit')
  })
})

describe('the reader of YAML trees', () => {
  const leaves = (tree: Tree): string[] => {
    if (tree.kind === 'map') return tree.entries.flatMap(([, value]) => leaves(value))
    return tree.kind === 'list' ? tree.items.flatMap(leaves) : [`${tree.type} ${tree.text}`]
  }

  it('spells values as sops hashes them', () => {
    const text =
      'a: true\nb: 007x\nc: 0x1F\nd: 1.50\ne: 2020-01-02\nf: "2020-01-02"\ng: ~\nh:\ni: yes\nj: "1"\nk: [1e21, -.inf, .inf, .nan]\nl: false\nm: 2020-01-02T03:04:05Z\n'
    expect(leaves(readYamlTree(text))).toEqual([
      ...[
        'bool True',
        'str 007x',
        'int 31',
        'float 1.5',
        'time 2020-01-02T00:00:00Z',
        'str 2020-01-02',
        'null ',
        'null ',
      ],
      ...['str yes', 'str 1', 'float 1000000000000000000000', 'float -Inf', 'float +Inf', 'float NaN'],
      ...['bool False', 'time 2020-01-02T03:04:05Z'],
    ])
    expect(leaves(readYamlTree(''))).toEqual(['null '])
  })

  it('keeps the order of names that are numbers', () => {
    const tree = readYamlTree('b: x\n"2": y\n"1": z\n__proto__: w\n')
    expect(tree.kind === 'map' && tree.entries.map(([name]) => name)).toEqual(['b', '2', '1', '__proto__'])
  })

  it.each([
    ['several documents', 'a: 1\n---\nb: 2\n', 'unsupported'],
    ['an alias', 'a: &x 1\nb: *x\n', 'unsupported'],
    ['a tag', 'a: !!binary AA==\n', 'unsupported'],
    ['a directive', '%YAML 1.1\n---\na: 1\n', 'unsupported'],
    ['depth', `a: ${'['.repeat(5000)}`, 'unsupported'],
    ['a name twice', 'a: 1\na: 2\n', 'duplicate'],
    ['what is no YAML', 'a: [\n', 'malformed'],
  ])('refuses %s', async (_, text, code) => expect(await codeOf(() => readYamlTree(text))).toBe(code))
})

describe('numbers', () => {
  it.each([
    ['1', 'int 1'],
    ['-0', 'int 0'],
    ['+5', 'int 5'],
    ['9223372036854775807', 'int 9223372036854775807'],
    ['12345678901234567890', 'float 12345678901234567000'],
    ['1.2345e25', 'float 12345000000000000000000000'],
    ['-1.5e-9', 'float -0.0000000015'],
    ['0.1', 'float 0.1'],
    ['-0.0', 'float -0'],
  ])('%s is %s', (source, expected) => {
    const { type, text } = numberLeaf(source, Number(source))
    expect(`${type} ${text}`).toBe(expected)
  })

  it('keep their value without an exponent', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const { text } = numberLeaf(`${value}e0`, value)
        expect(text).not.toContain('e')
        expect(Number(text)).toBe(value)
      }),
    )
  })
})

describe('the reader of INI', () => {
  it('reads sections, comments and values with an = in them', () => {
    const tree = readIniTree('; c\nroot = 1\n\n[a.b]\n# c\nx   = ENC[AES,data:a==;x]\ny=\n')
    expect(tree).toEqual({
      kind: 'map',
      entries: [
        ['DEFAULT', { kind: 'map', entries: [['root', { kind: 'leaf', type: 'str', text: '1' }]] }],
        [
          'a.b',
          {
            kind: 'map',
            entries: [
              ['x', { kind: 'leaf', type: 'str', text: 'ENC[AES,data:a==;x]' }],
              ['y', { kind: 'leaf', type: 'str', text: '' }],
            ],
          },
        ],
      ],
    })
  })

  it.each([
    ['a quoted value', 'a = "x"', 'unsupported'],
    ['a raw value', 'a = `x`', 'unsupported'],
    ['a comment behind a value', 'a = x ; y', 'unsupported'],
    ['a continued line', 'a = x\\', 'unsupported'],
    ['no =', 'a', 'malformed'],
    ['no name', '= x', 'malformed'],
    ['an open section', '[a', 'malformed'],
    ['a nameless section', '[]', 'malformed'],
    ['a name twice', 'a=1\na=2', 'duplicate'],
  ])('refuses %s', async (_, text, code) => expect(await codeOf(() => readIniTree(text))).toBe(code))
})

describe('the names of variables', () => {
  const leaf = (path: TreePath, value: string | null = 'x'): OpenedLeaf => ({ path, value })

  it.each([
    [['a', 'b', 0], 'A_B_0'],
    [['DATABASE_URL'], 'DATABASE_URL'],
    [['my-app', 'api.key'], 'MY_APP_API_KEY'],
    [['3', 'x'], '_3_X'],
    [['DEFAULT', 'x'], 'DEFAULT_X'],
  ])('%j is %s', (path, name) => {
    expect(variablesOf(nameLeaves([leaf(path)], 'yaml').document)).toEqual({ [name]: 'x' })
  })

  it('leave out what stands above the sections of an INI', () => {
    const named = nameLeaves([leaf(['DEFAULT', 'x']), leaf(['s', 'x'])], 'ini')
    expect(Object.keys(variablesOf(named.document))).toEqual(['X', 'S_X'])
  })

  it('are refused when two would be one, both named', async () => {
    const error = await refusal(() => nameLeaves([leaf(['a', 'b']), leaf(['a_b'])], 'yaml'))
    expect(error).toMatchObject({ code: 'duplicate', message: 'a.b and a_b would both be A_B' })
    expect(await codeOf(() => nameLeaves([leaf(['日本'])], 'yaml'))).toBe('name-invalid')
  })

  it('pass over nulls and say so', () => {
    expect(nameLeaves([leaf(['a', 1], null)], 'yaml')).toEqual({ document: [], nulls: ['a[1]'] })
  })
})

describe('hostile files', () => {
  it('are read or refused, whatever was done to them', async () => {
    const text = await printed(documentOf({ A: 'one', B_unencrypted: 'two' }), 'yaml')
    const junk = fc.constantFrom(
      '',
      ':',
      '- ',
      '\n',
      '[',
      '{',
      '}',
      '"',
      '*a',
      '&a ',
      '!',
      '?',
      '\t',
      '#',
      '~',
      'ENC[',
      '\0',
    )
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(20), junk, async (at, cut, piece) => {
        try {
          await opened(text.slice(0, at) + piece + text.slice(at + cut))
        } catch (error) {
          expect(error).toBeInstanceOf(SealwardError)
        }
      }),
      { numRuns: 150 },
    )
  })

  it('larger than 1 MiB are not read', async () => {
    expect(await codeOf(() => parseTreeFile(Buffer.alloc(1024 * 1024 + 1, 32)))).toBe('limit')
  })

  it('of very many names are read in time', () => {
    const start = performance.now()
    const names = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1\n`)
    expect(readYamlTree(names.join(''))).toMatchObject({ kind: 'map' })
    expect(performance.now() - start).toBeLessThan(8000)
  })

  it('are told from others in linear time', () => {
    const start = performance.now()
    for (const text of [`{${'"sops": {'.repeat(50_000)}`, 'sops:\n'.repeat(100_000), `[sops]${' '.repeat(500_000)}x`])
      expect(treeFormOf(text)).toBeNull()
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
