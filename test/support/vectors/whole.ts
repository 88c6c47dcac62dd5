import { type PlainFile, type PlainLine, writePlainSops } from '../plain-sops/write.ts'
import type { Vector } from './vector.ts'

/** What the vectors of our own making are made with. */
export interface Maker {
  readonly dataKey: Uint8Array
  readonly keys: PlainFile['keys']
}

const DOCUMENT: readonly PlainLine[] = [
  { kind: 'comment', text: ' the main database' },
  { kind: 'entry', name: 'USER', value: 'alice' },
  { kind: 'entry', name: 'PASSWORD', value: 'correct horse' },
  { kind: 'blank' },
  { kind: 'entry', name: 'EMPTY', value: '' },
  { kind: 'entry', name: 'HOST_unencrypted', value: 'db.example' },
]

/** The lines of a file of DOCUMENT, to be altered. */
export function linesOfWhole({ dataKey, keys }: Maker, changes: Partial<PlainFile> = {}): string[] {
  const bytes = writePlainSops({ lines: DOCUMENT, rule: null, keys, ...changes }, dataKey)
  return Buffer.from(bytes).toString('utf8').slice(0, -1).split('\n')
}

export function joined(lines: readonly string[]): Uint8Array {
  return Buffer.from(`${lines.join('\n')}\n`)
}

/** Files that a reader must read. */
export function wholeVectors(maker: Maker): Vector[] {
  const lines = linesOfWhole(maker)
  const body = lines.slice(0, 6)
  const metadata = lines.slice(6)
  const made = (changes: Partial<PlainFile>) => joined(linesOfWhole(maker, changes))
  const entries = (values: Record<string, string>): PlainLine[] =>
    Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }))
  const ok = (name: string, about: string, file: Uint8Array, rest: Partial<Vector> = {}): Vector => ({
    name: `ok_${name}`,
    about,
    expect: 'ok',
    variables: { USER: 'alice', PASSWORD: 'correct horse', EMPTY: '', HOST_unencrypted: 'db.example' },
    file,
    ...rest,
  })
  const texts = {
    LINES: 'one\ntwo\n',
    QUOTES: `"double" 'single' \`back\``,
    BACKSLASH: 'C:\\new\\',
    UNICODE: 'Grüße 日本 🔑',
    SPACES: '  both ends  ',
    HASH: 'a # b',
    EQUALS: '==',
    LIKE_ONE: 'ENC[AES256_GCM,data:eA==,iv:eA==,tag:eA==,type:str]',
    ZERO: 'a\0b',
  }
  const typed: PlainLine[] = [
    { kind: 'entry', name: 'INT', value: '42', type: 'int' },
    { kind: 'entry', name: 'FLOAT', value: '8080', type: 'float' },
    { kind: 'entry', name: 'YES', value: 'True', type: 'bool' },
    { kind: 'entry', name: 'NO', value: 'False', type: 'bool' },
    { kind: 'entry', name: 'BYTES', value: 'bytes', type: 'bytes' },
    { kind: 'entry', name: 'TIME', value: '2026-01-02T03:04:05Z', type: 'time' },
  ]
  return [
    ok('whole', 'comments, blank lines, an empty value and a plain one (section 2)', joined(lines)),
    ok('nothing', 'no variable at all', made({ lines: [] }), { variables: {} }),
    ok('texts', 'line breaks, quotes, backslashes, Unicode, NUL (section 4)', made({ lines: entries(texts) }), {
      variables: texts,
    }),
    ok('types', 'values of every type that SOPS has (section 4)', made({ lines: typed }), {
      variables: { INT: '42', FLOAT: '8080', YES: 'true', NO: 'false', BYTES: 'bytes', TIME: '2026-01-02T03:04:05Z' },
    }),
    ok(
      'plain_line_breaks',
      'backslash and n in a plain value stand for LF (section 2)',
      made({ lines: entries({ A_unencrypted: 'a\nb' }) }),
      {
        variables: { A_unencrypted: 'a\nb' },
      },
    ),
    ok(
      'comments_by_hand',
      'plain comments where the rule encrypts them (section 4)',
      joined(['# by hand', '#', ...lines, '# at the end']),
    ),
    ok('crlf', 'every line end converted by a checkout (section 2)', Buffer.from(`${lines.join('\r\n')}\r\n`)),
    ok('no_last_lf', 'the last LF is missing (section 2)', Buffer.from(lines.join('\n'))),
    ok('metadata_shuffled', 'metadata in any order (section 7)', joined([...body, ...metadata.toReversed()])),
    ok('metadata_first', 'metadata above the variables (section 2)', joined([...metadata, ...body])),
    ok(
      'metadata_unknown',
      'metadata of a later version (section 7)',
      joined([...lines, 'sops_later__map_a.b=1', 'sops_next=2']),
    ),
    ok('other_recipients', 'a recipient of another kind beside ours (section 6)', joined([...lines, ...KMS])),
    ok(
      'rule_written',
      'the default rule, written (section 3)',
      made({ rule: { kind: 'unencrypted_suffix', pattern: '_unencrypted' } }),
    ),
    ok('rule_empty', 'an empty pattern counts as no rule (section 3)', joined([...lines, 'sops_encrypted_regex='])),
    ok(
      'mac_only_false',
      'the flag, written and false (section 7)',
      joined([...lines, 'sops_mac_only_encrypted=false']),
    ),
    ok('iv_of_12_bytes', 'the shortest IV (section 4)', made({ ivBytes: 12 })),
    ok('iv_of_64_bytes', 'the longest IV (section 4)', made({ ivBytes: 64 })),
    ok(
      'time_fraction',
      'the MAC is bound to the time without its fraction (section 5)',
      joined(lines.map((line) => line.replace(/^(sops_lastmodified=.*)Z$/, '$1.5Z'))),
    ),
    ok(
      'time_zero_offset',
      'the MAC is bound to an offset of zero as Z (section 5)',
      joined(lines.map((line) => line.replace(/^(sops_lastmodified=.*)Z$/, '$1+00:00'))),
    ),
    ok(
      'time_offset',
      'the MAC is bound to another offset as it is (section 5)',
      made({ lastmodified: '2026-01-02T03:04:05+02:00' }),
    ),
    ok('any_name', 'names outside the grammar, on request (section 2)', joined(['export A B=', 'a.b=', ...lines]), {
      reading: 'any-name',
      variables: {
        'export A B': '',
        'a.b': '',
        USER: 'alice',
        PASSWORD: 'correct horse',
        EMPTY: '',
        HOST_unencrypted: 'db.example',
      },
    }),
  ]
}

const KMS = [
  'sops_kms__list_0__map_arn=arn:aws:kms:eu-west-1:000000000000:key/0',
  'sops_kms__list_0__map_context__map_app:name=x',
  'sops_kms__list_0__map_created_at=2026-01-02T03:04:05Z',
  'sops_kms__list_0__map_enc=AAAA',
  'sops_kms__list_0__map_aws_profile=',
]
