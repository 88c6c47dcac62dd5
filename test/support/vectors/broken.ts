import { randomBytes } from 'node:crypto'
import { seal } from '../plain-sops/sealed.ts'
import type { PlainLine } from '../plain-sops/write.ts'
import type { Vector } from './vector.ts'
import { joined, linesOfWhole, type Maker } from './whole.ts'

type Broken = readonly [name: string, about: string, file: Uint8Array, reading?: Vector['reading']]

/** Files that a reader must refuse: one MUST of docs/format.md each. `short` wraps a data key of 31 bytes, `stranger` is for nobody we know. */
export interface Wrappings {
  readonly short: string
  readonly stranger: string
}

export function brokenVectors(maker: Maker, wrappings: Wrappings): Vector[] {
  const lines = linesOfWhole(maker)
  const table: Record<string, readonly Broken[]> = {
    'no-identity': [['stranger', 'no identity opens a wrapped key (section 6)', withEnc(lines, wrappings.stranger)]],
    malformed: [...malformedText(lines), ...malformedValues(maker, lines), ...malformedMetadata(lines, wrappings)],
    duplicate: [
      ['name', 'a name twice (section 2)', joined(lines.toSpliced(2, 0, lines[1]!))],
      ['empty', 'an empty second value, which the MAC does not cover (section 2)', joined([...lines, 'PASSWORD='])],
      ['metadata', 'a metadata name twice (section 2)', joined([...lines, lines.at(-1)!])],
    ],
    'name-invalid': [
      ['dash', 'a name outside the grammar (section 2)', joined(['A-B=', ...lines])],
      ['space', 'a blank behind the name (section 2)', joined(['A =', ...lines])],
      ['export', 'a shell statement (section 2)', joined(['export A=', ...lines])],
      ['nothing', 'no name (section 2)', joined(['=', ...lines])],
      ['prefix', 'sops_ and no more (section 2)', joined(['sops_=1', ...lines])],
    ],
    'plaintext-value': [
      ['changed', 'plain text where the rule says encrypted (section 4)', joined(lines.with(2, 'PASSWORD=hello'))],
      ['added', 'a plain value that somebody added (section 4)', joined(['NEW=hello', ...lines])],
      ['junk_in_front', 'something in front of a ciphertext (section 4)', edit(lines, 1, 'USER=', 'USER= ')],
    ],
    'value-not-authentic': [
      ['exchanged', 'two values in each other’s place (section 4)', joined(exchange(lines))],
      ['renamed', 'another name (section 4)', edit(lines, 1, 'USER=', 'USES=')],
      ['data', 'an altered ciphertext (section 4)', joined(lines.with(1, flip(lines[1]!, 'data')))],
      ['iv', 'an altered IV (section 4)', joined(lines.with(1, flip(lines[1]!, 'iv')))],
      ['tag', 'an altered tag (section 4)', joined(lines.with(1, flip(lines[1]!, 'tag')))],
      ['comment', 'an altered comment (section 4)', joined(lines.with(0, flip(lines[0]!, 'tag')))],
      [
        'other_file',
        'a value of another file (section 9)',
        joined(lines.with(1, linesOfWhole({ ...maker, dataKey: randomBytes(32) })[1]!)),
      ],
    ],
    'mac-mismatch': [
      ['moved', 'two lines that changed places (section 5)', joined(lines.with(1, lines[2]!).with(2, lines[1]!))],
      ['removed', 'a value taken away (section 5)', joined(lines.toSpliced(2, 1))],
      ['plain_added', 'a plain value added (section 5)', joined(['NEW_unencrypted=1', ...lines])],
      ['plain_changed', 'a plain value altered (section 5)', edit(lines, 5, 'db', 'dc')],
      ['lastmodified', 'another time (section 5)', editMetadata(lines, 'lastmodified', '05Z', '06Z')],
      [
        'offset',
        'the same time in another zone (section 5)',
        editMetadata(lines, 'lastmodified', '03:04:05Z', '04:04:05+01:00'),
      ],
      [
        'other_mac',
        'the MAC of other values (section 5)',
        withMetadata(lines, 'mac', macLine(maker, [{ kind: 'entry', name: 'USER', value: 'x' }])),
      ],
      [
        'only_encrypted',
        'mac_only_encrypted where it was not (section 5)',
        joined([...lines, 'sops_mac_only_encrypted=true']),
      ],
    ],
    'not-representable': [
      [
        'bytes',
        'bytes that are not UTF-8 (section 4)',
        joined(lines.with(1, `USER=${sealRaw(maker, Buffer.from('ff00', 'hex'), 'USER:', 'str')}`)),
      ],
      [
        'comment',
        'a comment of two lines (section 4)',
        joined(lines.with(0, `#${sealRaw(maker, Buffer.from('a\nB=1'), ':', 'comment')}`)),
      ],
      ['plain_comment', 'a comment with a CR in it (section 4)', joined(['#a\rb', ...lines])],
    ],
    limit: [
      ['recipients', '257 recipients (section 1)', joined([...lines.slice(0, 6), ...crowd(), ...lines.slice(8)])],
    ],
    'dotenv-syntax': [
      [
        'quotes',
        'a quote that is never closed (section 8)',
        joined(linesOfWhole(maker, { lines: [{ kind: 'entry', name: 'A', value: '"open' }] })),
        'quotes: dotenv',
      ],
    ],
  }
  return Object.entries(table).flatMap(([expect, vectors]) =>
    vectors.map(([name, about, file, reading]) => ({
      name: `${expect}_${name}`,
      about,
      expect,
      file,
      ...(reading === undefined ? {} : { reading }),
    })),
  )
}

function malformedText(lines: string[]): Broken[] {
  return [
    ['byte_order_mark', 'a byte order mark (section 1)', Buffer.concat([Buffer.from('efbbbf', 'hex'), joined(lines)])],
    [
      'not_utf8',
      'a byte that is not UTF-8 (section 1)',
      Buffer.concat([Buffer.from('#\xff\n', 'latin1'), joined(lines)]),
    ],
    ['utf16', 'UTF-16 (section 1)', Buffer.from(`${lines.join('\n')}\n`, 'utf16le')],
    ['no_metadata', 'no metadata line: not an encrypted file (section 2)', joined(lines.slice(0, 6))],
    ['line', 'a line that is nothing of the four (section 2)', joined(['hello', ...lines])],
    ['comment_behind_blank', 'a comment must begin its line (section 2)', joined([' # hello', ...lines])],
    ['one_cr', 'a CR on one line alone is part of it (section 2)', joined(lines.with(1, `${lines[1]}\r`))],
  ]
}

function malformedValues(maker: Maker, lines: string[]): Broken[] {
  const user = lines[1]!
  const typed = (type: string) => joined(lines.with(1, user.replace('type:str', `type:${type}`)))
  const iv = (ivBytes: number) =>
    joined(linesOfWhole(maker, { lines: [{ kind: 'entry', name: 'A', value: 'x' }], ivBytes }))
  const tag = /tag:([^,]+),/.exec(user)![1]!
  const short = Buffer.from(tag, 'base64').subarray(0, 12).toString('base64')
  return [
    [
      'base64_bits',
      'bits behind the last byte (section 1)',
      edit(lines, 1, tag, `${tag.slice(0, -3)}${bump(tag.at(-3)!)}==`),
    ],
    ['base64_padding', 'no padding (section 1)', edit(lines, 1, tag, tag.replace(/=+$/, ''))],
    ['base64_url', 'the other alphabet (section 1)', joined(lines.with(1, user.replace(/data:..../, 'data:a-_a')))],
    ['base64_blank', 'a blank in base64 (section 1)', edit(lines, 1, 'data:', 'data: ')],
    ['trailing_bytes', 'something behind a ciphertext (section 4)', joined(lines.with(1, `${user} `))],
    ['tag_short', 'a tag of 12 bytes (section 4)', edit(lines, 1, tag, short)],
    ['iv_short', 'an IV of 11 bytes (section 4)', iv(11)],
    ['iv_long', 'an IV of 65 bytes (section 4)', iv(65)],
    ['no_data', 'a ciphertext of nothing (section 4)', joined(lines.with(1, user.replace(/data:[^,]*,/, 'data:,')))],
    ['algorithm', 'another algorithm (section 4)', edit(lines, 1, 'AES256_GCM', 'AES128_GCM')],
    ['type_unknown', 'a type that does not exist (section 4)', typed('text')],
    ['type_comment', 'the type of a comment on a value (section 4)', typed('comment')],
    ['type_bool', 'a boolean that is none (section 4)', typed('bool')],
    ['comment_type', 'the type of a value on a comment (section 4)', edit(lines, 0, 'type:comment', 'type:str')],
    ['comment_cut', 'a comment that is half a ciphertext (section 4)', joined(lines.with(0, lines[0]!.slice(0, -1)))],
  ]
}

function malformedMetadata(lines: string[], { short }: Wrappings): Broken[] {
  const without = (name: string) => joined(lines.filter((line) => !line.startsWith(`sops_${name}=`)))
  const renamed = (from: string, to: string) => joined(lines.map((line) => line.replace(from, to)))
  return [
    ['mac_missing', 'no MAC (section 7)', without('mac')],
    ['mac_empty', 'an empty MAC (section 7)', joined(lines.map((line) => line.replace(/^sops_mac=.*/, 'sops_mac=')))],
    ['mac_type', 'a MAC of another type (section 5)', editMetadata(lines, 'mac', 'type:str', 'type:int')],
    ['mac_cut', 'a MAC that breaks the grammar (section 7)', editMetadata(lines, 'mac', ']', '')],
    ['lastmodified_missing', 'no time (section 7)', without('lastmodified')],
    ['lastmodified', 'a time that is none (section 7)', editMetadata(lines, 'lastmodified', 'T', ' ')],
    ['version_missing', 'no version (section 7)', without('version')],
    ['version', 'a version that is none (section 7)', editMetadata(lines, 'version', '3.13.0', 'latest')],
    ['recipients_missing', 'no recipient (section 7)', joined(lines.filter((line) => !line.startsWith('sops_age__')))],
    ['recipient_name', 'a wrapped key with no name beside it (section 7)', without('age__list_0__map_recipient')],
    ['recipient_key', 'a recipient without a wrapped key (section 7)', without('age__list_0__map_enc')],
    ['recipient_field', 'an unknown field of a recipient (section 7)', joined([...lines, 'sops_age__list_0__map_x=1'])],
    [
      'recipient_control',
      'a control character in a recipient (section 7)',
      editMetadata(lines, 'age__list_0__map_recipient', 'age1', 'age1\u{1b}'),
    ],
    ['list_gap', 'a list with a gap (section 7)', renamed('sops_age__list_0', 'sops_age__list_1')],
    ['list_number', 'a number that is not canonical (section 7)', renamed('sops_age__list_0', 'sops_age__list_00')],
    ['value_and_list', 'a name that is a value and a list (section 7)', joined([...lines, 'sops_age=1'])],
    [
      'map_and_list',
      'a name that is a map and a list (section 7)',
      joined([...lines, 'sops_x__map_a=1', 'sops_x__list_0=1']),
    ],
    ['two_rules', 'two rules (section 3)', joined([...lines, 'sops_encrypted_suffix=A', 'sops_encrypted_regex=.'])],
    ['expression', 'an expression that does not compile (section 3)', joined([...lines, 'sops_encrypted_regex=('])],
    [
      'expression_not_re2',
      'an expression that RE2 does not know (section 3)',
      joined([...lines, 'sops_unencrypted_regex=(?!A)']),
    ],
    ['flag', 'a flag that is neither true nor false (section 7)', joined([...lines, 'sops_mac_only_encrypted=yes'])],
    ['armor', 'a wrapped key that is no age file (section 6)', withEnc(lines, 'hello\n')],
    ['data_key', 'a wrapped key of 31 bytes (section 6)', withEnc(lines, short)],
  ]
}

function edit(lines: readonly string[], index: number, from: string, to: string): Uint8Array {
  return joined(lines.with(index, lines[index]!.replace(from, to)))
}

function editMetadata(lines: readonly string[], name: string, from: string, to: string): Uint8Array {
  return joined(lines.map((line) => (line.startsWith(`sops_${name}=`) ? line.replace(from, to) : line)))
}

function withMetadata(lines: readonly string[], name: string, line: string): Uint8Array {
  return joined(lines.map((old) => (old.startsWith(`sops_${name}=`) ? line : old)))
}

function withEnc(lines: readonly string[], armored: string): Uint8Array {
  return withMetadata(lines, 'age__list_0__map_enc', `sops_age__list_0__map_enc=${armored.replaceAll('\n', '\\n')}`)
}

function macLine(maker: Maker, lines: readonly PlainLine[]): string {
  return linesOfWhole(maker, { lines }).find((line) => line.startsWith('sops_mac='))!
}

function exchange(lines: readonly string[]): string[] {
  const value = (line: string) => line.slice(line.indexOf('=') + 1)
  return lines.with(1, `USER=${value(lines[2]!)}`).with(2, `PASSWORD=${value(lines[1]!)}`)
}

/** Another first character of the base64 of one part. */
function flip(line: string, part: string): string {
  return line.replace(
    new RegExp(`(${part}:)(.)`),
    (_, before: string, first: string) => before + (first === 'A' ? 'B' : 'A'),
  )
}

/** The next base64 digit, which differs in a bit that stands behind the last byte. */
function bump(digit: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return alphabet[alphabet.indexOf(digit) + 1]!
}

function sealRaw({ dataKey }: Maker, plaintext: Uint8Array, context: string, type: 'str' | 'comment'): string {
  return seal([...plaintext], { key: dataKey, context, type })
}

function crowd(): string[] {
  return Array.from({ length: 257 }, (_, index) => [
    `sops_age__list_${index}__map_enc=x`,
    `sops_age__list_${index}__map_recipient=x`,
  ]).flat()
}
