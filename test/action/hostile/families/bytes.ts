import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Family, HostileCase } from '../case.ts'

const MARK = '\ufeff'

/** Bytes that two readers take for two different texts. */
export const BYTES: Family = {
  title: 'a file whose bytes are',
  cases: [
    whole('UTF-16, low byte first', 'malformed', (text) => Buffer.from(text, 'utf16le')),
    whole('UTF-16, low byte first, with its mark', 'malformed', (text) => Buffer.from(MARK + text, 'utf16le')),
    whole('UTF-16, high byte first, with its mark', 'malformed', (text) =>
      Buffer.from(MARK + text, 'utf16le').swap16(),
    ),
    whole('UTF-8 with a mark', 'malformed', (text) => Buffer.from(MARK + text)),
    whole('UTF-8 with a mark inside', 'name-invalid', (text) => Buffer.from(text.replace(/^B/m, `${MARK}B`))),
    whole('overlong', 'malformed', (text) => inserted(text, [0xc1, 0x81])),
    whole('overlong for a NUL', 'malformed', (text) => inserted(text, [0xc0, 0x80])),
    whole('half of a surrogate pair', 'malformed', (text) => inserted(text, [0xed, 0xa0, 0x80])),
    whole('past the end of Unicode', 'malformed', (text) => inserted(text, [0xf5, 0x80, 0x80, 0x80])),
    whole('a character that is cut off', 'malformed', (text) =>
      Buffer.concat([Buffer.from(text), Buffer.from([0xe2, 0x82])]),
    ),
    whole('Latin-1', 'malformed', (text) => inserted(text, [0xe9])),
    whole('behind NULs', 'name-invalid', (text) => Buffer.from(`\0\0\0${text}`)),
    whole('with a NUL in a name', 'name-invalid', (text) => Buffer.from(text.replace(/^B/m, 'B\0'))),
    whole('with a NUL behind each value', 'malformed', (text) => Buffer.from(text.replace(/^([AB]=.*)$/gm, '$1\0'))),
    whole('NULs', 'malformed', () => Buffer.alloc(4096)),
    whole('CR LF on some lines', 'malformed', (text) => Buffer.from(text.replace(/^(A=.*)$/m, '$1\r'))),
    whole('CR LF on all lines but one', 'malformed', (text) =>
      Buffer.from(text.replace(/^(?!A)(.*)$/gm, '$1\r').replace(/\r$/, '')),
    ),
    whole('lines that end in CR', 'malformed', (text) => Buffer.from(text.replaceAll('\n', '\r'))),
    whole('lines that end in LF CR', 'malformed', (text) => Buffer.from(text.replaceAll('\n', '\n\r'))),
    whole('lines that end in CR CR LF', 'malformed', (text) => Buffer.from(text.replaceAll('\n', '\r\r\n'))),
    whole('lines that end in U+2028', 'malformed', (text) => Buffer.from(text.replaceAll('\n', '\u2028'))),
    whole('those of a gzip file', 'malformed', (text) =>
      Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.from(text)]),
    ),
    whole('lines with blanks before them', 'malformed', (text) => Buffer.from(text.replace(/^/gm, ' '))),
    whole('lines with export before them', 'name-invalid', (text) =>
      Buffer.from(text.replace(/^([AB])/gm, 'export $1')),
    ),
    { ...whole('CR LF on all lines', 'taken', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))) },
    sealed('a NUL', 'not-representable', 'x\0y'),
    sealed('a NUL and a second variable', 'not-representable', 'x\0PATH=injected'),
    sealed('no UTF-8', 'not-representable', Buffer.from([0x78, 0xff, 0xfe])),
    sealed('overlong', 'not-representable', Buffer.from([0x78, 0xc0, 0xaf])),
    sealed('half of a surrogate pair', 'not-representable', Buffer.from([0xed, 0xa0, 0x80])),
    sealed('a mark and UTF-8', 'taken', `${MARK}x`),
    sealed(
      'every control but NUL',
      'taken',
      String.fromCharCode(...Array.from({ length: 31 }, (_, index) => index + 1), 127),
    ),
    sealed('the delimiter that @actions/core had', 'taken', '_GitHubActionsFileCommandDelimeter_\nPATH=injected\n'),
    sealed('a ciphertext', 'taken', 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]'),
    sealed('text that runs backwards', 'taken', '\u202e\u2066x\u2069'),
  ],
}

function whole(name: string, expected: ErrorCode | 'taken', change: (text: string) => Uint8Array): HostileCase {
  return {
    name,
    build: async (folder) => {
      const variables = await folder.sealTwo()
      folder.edit(change)
      return variables
    },
    expected,
  }
}

function sealed(name: string, expected: ErrorCode | 'taken', value: string | Uint8Array): HostileCase {
  return {
    name: `sealed, and are ${name}`,
    build: async (folder) => {
      const A = folder.secret()
      await folder.forge([
        { name: 'A', value: A },
        { name: 'B', value },
      ])
      return { A, B: Buffer.from(value as string).toString() }
    },
    expected,
  }
}

/** In the middle of a comment, where text is free. */
function inserted(text: string, bytes: readonly number[]): Uint8Array {
  return Buffer.concat([Buffer.from('# a'), Buffer.from(bytes), Buffer.from(`b\n${text}`)])
}
