import { beforeAll, describe, expect, it } from 'vitest'
import { openedVersion, readVersion, type Version } from '../../../src/core/check/history/version.ts'
import { compareVersions } from '../../../src/core/diff/compare.ts'
import { printFileChange } from '../../../src/core/diff/print.ts'
import { encryptOver } from '../../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { documentOf } from '../../support/documents.ts'
import { bytesOf, type Member, newMember, open, seal } from '../../support/sealing.ts'

const NOW = new Date('2026-05-05T00:00:00Z')
let alice: Member
let bob: Member
/** A file, the same with another B under its data key, and the first one encrypted anew for two. */
let file: Uint8Array
let edited: Uint8Array
let fresh: Uint8Array
beforeAll(async () => {
  ;[alice, bob] = [await newMember(), await newMember()]
  file = await seal(documentOf({ A: '1', B: '1' }), [alice])
  const over = await encryptOver(await open(file, alice.identity), documentOf({ A: '1', B: '2' }), NOW)
  edited = printEncryptedFile(over!)
  fresh = await seal(documentOf({ A: '1', B: '1' }), [alice, bob])
})

const versionOf = (bytes: Uint8Array): Version => readVersion(bytes)!.version
const plain = (text: string): Version => versionOf(bytesOf(text))
const opened = async (bytes: Uint8Array) => openedVersion(await open(bytes, alice.identity))
const shown = (before: Version | null, after: Version | null, reveal = false) =>
  printFileChange(compareVersions(before, after), reveal).split('\n').slice(0, -1)

describe('what changed in a file', () => {
  it.each<[string, string | null, string | null, string[]]>([
    ['nothing', 'A=1\n', '# other\nA="1"\n', []],
    ['no file at all', null, null, []],
    ['a new file', null, 'A=1\nB=2\n', ['+ A=1', '+ B=2']],
    ['a file that went', 'A=1\n', null, ['- A=1']],
    [
      'one of each kind, as the newer one has them',
      'A=1\nB=1\nC=1\n',
      'D=1\nC=1\nB=2\n',
      ['+ D=1', '~ B: 1 -> 2', '- A=1'],
    ],
    ['a value that a terminal would obey', 'A=1\n', "A='\u001b[2J'\n", ['~ A: 1 -> \\x1b[2J']],
  ])('is %s', (_, before, after, rows) => {
    const [one, other] = [before, after].map((text) => (text === null ? null : plain(text)))
    expect(shown(one!, other!, true)).toEqual(rows)
    expect(shown(one!, other!)).toEqual(rows.map((row) => /^. \w+/.exec(row)![0]))
  })

  it('is told from ciphertext alone while the data key stays, and is unknown under another one', () => {
    expect(shown(versionOf(file), versionOf(edited), true)).toEqual(['~ B: (not opened) -> (not opened)'])
    expect(shown(versionOf(file), versionOf(fresh))).toEqual(['? A', '? B', `+ [recipient ${bob.recipient.text}]`])
  })

  it('is told from the values where somebody opened both', async () => {
    expect(shown(await opened(edited), await opened(fresh), true)).toEqual([
      '~ B: 2 -> 1',
      `+ [recipient ${bob.recipient.text}]`,
    ])
    expect(shown(await opened(fresh), await opened(file))).toEqual([`- [recipient ${bob.recipient.text}]`])
  })

  it('never shows a name that could forge a line', () => {
    const strange = parseEncryptedFile(bytesOf(Buffer.from(file).toString().replace(/^A=/m, 'A\u001b=')), {
      anyName: true,
    })
    expect(shown(null, versionOf(printEncryptedFile(strange)))[0]).toBe('+ (a name with unusual characters)')
  })
})
