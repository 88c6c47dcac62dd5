import { beforeAll, describe, expect, it } from 'vitest'
import type { Document, DotenvLine } from '../../../src/core/dotenv/document.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { bytesOf, linesOf, type Member, newMember, open, seal, textOf } from '../../support/sealing.ts'

/**
 * Every bit of a file is flipped once. Either the file is refused with a code of docs/format.md section 10, or the bit is in one
 * of the places that section 9 says are not protected, and has the effect that it says, and no other.
 */
const CODES = [
  'no-identity',
  'malformed',
  'duplicate',
  'name-invalid',
  'plaintext-value',
  'value-not-authentic',
  'mac-mismatch',
  'not-representable',
  'limit',
  'unsupported',
]

/** A stretch of bytes in which a flip may be accepted. */
interface Place {
  readonly what: string
  readonly from: number
  readonly to: number
  /** What is the same before and after. */
  readonly same: (document: Document) => unknown
}

const DOCUMENT: Document = [
  { kind: 'comment', text: ' rotated in May' },
  { kind: 'blank' },
  { kind: 'entry', name: 'PASSWORD', value: 'correct horse\nbattery "staple" \\' },
  { kind: 'entry', name: 'EMPTY', value: '' },
  { kind: 'entry', name: 'TOKEN', value: '日本-🔑' },
  { kind: 'blank' },
  { kind: 'entry', name: 'HOST_unencrypted', value: 'db.example' },
  { kind: 'entry', name: 'PORT_unencrypted', value: '5432' },
]
const BY_HAND = ' ask Kim'

let member: Member
let other: Member
beforeAll(async () => {
  ;[member, other] = await Promise.all([newMember(), newMember()])
})

describe('one flipped bit', () => {
  it('of a file is an error, except in the places of docs/format.md section 9', async () => {
    const file = await sample({ macOnlyEncrypted: false })
    await judge(file, [
      stretch(file, 'the text of a comment that is plain', `#`, BY_HAND, withoutComments),
      stretch(file, 'the line end behind a comment that is plain', `#${BY_HAND}`, '\n', withoutComments),
      stretch(file, 'the mark of an encrypted comment', '\n#', 'ENC[', withoutComments),
      stretch(file, 'the name of an empty value', '\n', 'EMPTY', withoutName('')),
      stretch(file, 'the name of a plain value', '\n', 'HOST', withoutName('db.example')),
      stretch(file, 'the name of a plain value', '\n', 'PORT', withoutName('5432')),
      stretch(file, 'a blank line above a plain value', ']\n', '\n', valuesWithoutBlanks, 'HOST'),
      stretch(file, 'the name beside a wrapped key', 'sops_age__list_0__map_recipient=', member.recipient.text, whole),
      stretch(file, 'the digits of the version', 'sops_version=', '3.13.0', whole),
      stretch(file, 'the name of the rule that is the default anyway', 'sops_', 'unencrypted_suffix', whole),
    ])
  })

  it('of a file with mac_only_encrypted and a second recipient is an error, except in those places and two more', async () => {
    const file = await sample({ macOnlyEncrypted: true })
    const second = linesOf(file).find((line) => line.startsWith('sops_age__list_1__map_enc='))!
    await judge(file, [
      stretch(file, 'the text of a comment that is plain', `#`, BY_HAND, withoutComments),
      stretch(file, 'the line end behind a comment that is plain', `#${BY_HAND}`, '\n', withoutComments),
      stretch(file, 'the mark of an encrypted comment', '\n#', 'ENC[', withoutComments),
      stretch(file, 'the name of an empty value', '\n', 'EMPTY', withoutName('')),
      stretch(file, 'the name of a plain value', '\n', 'HOST', sealedOnly),
      stretch(file, 'the name of a plain value', '\n', 'PORT', sealedOnly),
      stretch(file, 'a plain value', 'HOST_unencrypted=', 'db.example', sealedOnly),
      stretch(file, 'the line end between plain values', 'db.example', '\n', sealedOnly),
      stretch(file, 'a plain value', 'PORT_unencrypted=', '5432', sealedOnly),
      stretch(file, 'a blank line above a plain value', ']\n', '\n', sealedOnly, 'HOST'),
      stretch(file, 'the key wrapped for somebody else', 'sops_age__list_1__map_enc=', second.slice(26), whole),
      stretch(file, 'the name beside a wrapped key', 'sops_age__list_0__map_recipient=', member.recipient.text, whole),
      stretch(file, 'the name beside a wrapped key', 'sops_age__list_1__map_recipient=', other.recipient.text, whole),
      stretch(file, 'the digits of the version', 'sops_version=', '3.13.0', whole),
      stretch(file, 'the name of the rule that is the default anyway', 'sops_', 'unencrypted_suffix', whole),
    ])
  })
})

/** What we write, with a comment that somebody wrote into the file by hand. */
async function sample({ macOnlyEncrypted }: { macOnlyEncrypted: boolean }): Promise<Uint8Array> {
  const file = await seal(DOCUMENT, macOnlyEncrypted ? [member, other] : [member], { macOnlyEncrypted })
  return bytesOf(`#${BY_HAND}\n${textOf(file)}`)
}

/** The stretch `what`, where it stands directly behind `before` (and before `after`). */
function stretch(file: Uint8Array, what: string, before: string, text: string, same: Place['same'], after = ''): Place {
  const all = Buffer.from(file)
  const at = all.indexOf(before + text + after)
  if (at < 0) throw new Error(`the sample has no place for ${what}`)
  return { what, from: at + before.length, to: at + before.length + Buffer.byteLength(text), same }
}

async function judge(file: Uint8Array, places: readonly Place[]): Promise<void> {
  const whole = (await open(file, member.identity)).document
  const hits = new Map(places.map((place) => [place, 0]))
  const surprises: string[] = []
  const flipped = Buffer.from(file)
  for (let bit = 0; bit < file.length * 8; bit += 1) {
    const at = bit >> 3
    flipped[at]! ^= 1 << (bit & 7)
    const read = await readOrRefuse(flipped)
    flipped[at] = file[at]!
    if (read === null) continue
    const place = places.find(({ from, to }) => from <= at && at < to)
    if (place === undefined || !isSame(place.same(read), place.same(whole)))
      surprises.push(`bit ${bit & 7} of byte ${at}${place === undefined ? '' : `, in ${place.what}`}`)
    else hits.set(place, hits.get(place)! + 1)
  }
  expect(surprises).toEqual([])
  expect([...hits].filter(([, count]) => count === 0).map(([{ what }]) => what)).toEqual([])
}

/** @returns null when the file is refused with a code that the format knows, and with no value in the message */
async function readOrRefuse(file: Uint8Array): Promise<Document | null> {
  try {
    return (await open(file, member.identity)).document
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    expect(CODES).toContain(error.code)
    expect(`${error.message} ${error.hint}`).not.toMatch(/horse|🔑|db\.example|ENC\[/)
    return null
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function whole(document: Document): unknown {
  return document
}

function withoutComments(document: Document): unknown {
  return document.filter(({ kind }) => kind !== 'comment')
}

/** Everything but the name of the variable that has this value, which is one that nothing authenticates. */
function withoutName(value: string): Place['same'] {
  return (document) => document.map((line) => (isEntryOf(line, value) ? { value } : line))
}

function isEntryOf(line: DotenvLine, value: string): boolean {
  return line.kind === 'entry' && line.value === value
}

/** The line end goes, and what it becomes goes in front of the plain name below. */
function valuesWithoutBlanks(document: Document): unknown {
  return withoutName('db.example')(document.filter(({ kind }) => kind !== 'blank'))
}

/** What mac_only_encrypted protects. */
function sealedOnly(document: Document): unknown {
  return document.filter((line) => line.kind === 'entry' && !line.name.endsWith('_unencrypted'))
}
