import { beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '../../../src/core/dotenv/document.ts'
import { encryptOver } from '../../../src/core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import { bytesOf, codeOf, linesOf, type Member, newMember, open, seal } from '../../support/sealing.ts'

const DOCUMENT: Document = [
  { kind: 'entry', name: 'USER', value: 'alice' },
  { kind: 'comment', text: ' one' },
  { kind: 'entry', name: 'PASSWORD', value: 'hunter2' },
  { kind: 'entry', name: 'EMPTY', value: '' },
  { kind: 'entry', name: 'SAME', value: 'hunter2' },
  { kind: 'entry', name: 'HOST_unencrypted', value: 'db' },
  { kind: 'entry', name: 'PORT_unencrypted', value: '54' },
  { kind: 'entry', name: 'LAST', value: 'end' },
  { kind: 'blank' },
  { kind: 'comment', text: ' two' },
]
const NAMES = ['USER', '#', 'PASSWORD', 'EMPTY', 'SAME', 'HOST', 'PORT', 'LAST', 'blank', '#']

let member: Member
let bytes: Uint8Array
let lines: string[]
beforeAll(async () => {
  member = await newMember()
  bytes = await seal(DOCUMENT, [member])
  lines = linesOf(bytes)
})

describe('what is protected', () => {
  it('notices a line that is taken away, unless it is a comment, a blank line or an empty value', async () => {
    const free = await outcomes((index) => lines.toSpliced(index, 1))
    expect(free).toEqual(['#', 'EMPTY', 'blank', '#'])
  })

  it('notices a line that is doubled, unless it is a comment or a blank line', async () => {
    const free = await outcomes((index) => lines.toSpliced(index, 0, lines[index]!))
    expect(free).toEqual(['#', 'blank', '#'])
  })

  it('notices two lines that change places, unless the sequence of the bytes of all values stays the same', async () => {
    const texts = DOCUMENT.map((line) => (line.kind === 'entry' ? line.value : ''))
    for (const [one, first] of texts.entries())
      for (const [other, second] of texts.entries()) {
        const silent = texts.with(one, second).with(other, first).join('') === texts.join('')
        expect([NAMES[one], NAMES[other], await accepts(swapped(one, other))]).toEqual([
          NAMES[one],
          NAMES[other],
          silent,
        ])
      }
  })

  it('notices a value in the place of another, and one that was valid before', async () => {
    const value = (line: string) => line.slice(line.indexOf('=') + 1)
    const exchanged = lines.with(0, `USER=${value(lines[2]!)}`).with(2, `PASSWORD=${value(lines[0]!)}`)
    expect(await code(exchanged)).toBe('value-not-authentic')
    const opened = await open(bytes, member.identity)
    const document = DOCUMENT.map((line) =>
      line.kind === 'entry' && line.name === 'USER' ? { ...line, value: 'bob' } : line,
    )
    const later = linesOf(printEncryptedFile((await encryptOver(opened, document, new Date('2027-01-01T00:00:00Z')))!))
    expect(await code(later.with(0, lines[0]!))).toBe('mac-mismatch')
    const [mac, time] = [metadata('mac'), metadata('lastmodified')]
    expect(await code(later.with(mac, lines[mac]!))).toBe('mac-mismatch')
    expect(await code(later.with(time, lines[time]!))).toBe('mac-mismatch')
  })

  it('notices a plain value that is added, also one that repeats the bytes of its neighbour', async () => {
    for (const value of ['x', 'db', '54']) {
      expect(await code(lines.toSpliced(5, 0, `NEW_unencrypted=${value}`))).toBe('mac-mismatch')
      expect(await code(lines.toSpliced(5, 0, `NEW=${value}`))).toBe('plaintext-value')
    }
  })

  it('notices the values of another file with the same recipient', async () => {
    const others = linesOf(await seal(DOCUMENT, [member]))
    expect(await code(lines.with(0, others[0]!))).toBe('value-not-authentic')
    expect(await code(lines.with(1, others[1]!))).toBe('value-not-authentic')
    const key = metadata('age__list_0__map_enc')
    expect(await code(lines.with(key, others[key]!))).toBe('value-not-authentic')
  })

  it('notices a rule under which a value is read in another way', async () => {
    expect(await code(withRule('sops_encrypted_regex=^USER$'))).toBe('mac-mismatch')
    expect(await code(withRule('sops_encrypted_suffix=T'))).toBe('mac-mismatch')
    expect(await code(withRule('sops_unencrypted_regex=LAST|_unencrypted'))).toBe('mac-mismatch')
    expect(await code(withRule('sops_unencrypted_suffix=_never'))).toBe('plaintext-value')
    expect(await code([...lines, 'sops_mac_only_encrypted=true'])).toBe('mac-mismatch')
  })
})

describe('what is not protected (docs/format.md section 9)', () => {
  it('is authorship: a stranger makes a wholly valid file of the public recipient', async () => {
    const forged = await seal([{ kind: 'entry', name: 'USER', value: 'mallory' }], [member])
    expect(values(await open(forged, member.identity))).toEqual({ USER: 'mallory' })
  })

  it('is freshness: an older state of the whole file', async () => {
    const opened = await open(bytes, member.identity)
    const later = printEncryptedFile((await encryptOver(opened, [], new Date('2027-01-01T00:00:00Z')))!)
    expect((await open(later, member.identity)).document).toEqual([])
    expect((await open(bytes, member.identity)).document).toEqual(DOCUMENT)
  })

  it('is the empty values: they may be added, removed, moved and renamed', async () => {
    expect(values(await read(lines.toSpliced(0, 0, 'ADDED=')))).toHaveProperty('ADDED', '')
    expect(values(await read(lines.with(3, 'OTHER=')))).toHaveProperty('OTHER', '')
    expect(Object.keys(values(await read(lines.toSpliced(3, 1))))).not.toContain('EMPTY')
  })

  it('is the comments: they may be added, removed, exchanged, or replaced by plain text', async () => {
    const opened = await read([...lines.with(1, lines[9]!).with(9, '# anything'), '#more'])
    expect(opened.document.filter(({ kind }) => kind === 'comment')).toEqual([
      { kind: 'comment', text: ' two' },
      { kind: 'comment', text: ' anything' },
      { kind: 'comment', text: 'more' },
    ])
    expect(values(opened)).toEqual(values(await open(bytes, member.identity)))
  })

  it('is the name of a plain value, and where it ends', async () => {
    const opened = await read(lines.with(5, 'X_unencrypted=db5').with(6, 'Y_unencrypted=4'))
    expect(values(opened)).toMatchObject({ X_unencrypted: 'db5', Y_unencrypted: '4' })
  })

  it('is an encrypted value whose text is known, in favour of a plain one with that text', async () => {
    for (const plain of [['PORT_unencrypted=54end'], ['PORT_unencrypted=54', 'LAST_unencrypted=end']]) {
      const opened = await read(lines.toSpliced(6, 2, ...plain))
      expect(values(opened)).toMatchObject(Object.fromEntries(plain.map((line) => line.split('='))))
      expect(opened.variables.has('LAST')).toBe(false)
    }
  })

  it('is every plain value, under mac_only_encrypted', async () => {
    const only = linesOf(await seal(DOCUMENT, [member], { macOnlyEncrypted: true }))
    const opened = await read([...only.with(5, 'HOST_unencrypted=elsewhere').toSpliced(6, 1), 'NEW_unencrypted=x'])
    expect(values(opened)).toMatchObject({ HOST_unencrypted: 'elsewhere', NEW_unencrypted: 'x', LAST: 'end' })
    expect(await code(only.toSpliced(7, 1))).toBe('mac-mismatch')
  })

  it('is the type label: another one reads the same, or is refused', async () => {
    const relabelled = (type: string) => lines.with(0, lines[0]!.replace('type:str]', `type:${type}]`))
    for (const type of ['int', 'float', 'bytes', 'time'])
      expect(values(await read(relabelled(type)))).toHaveProperty('USER', 'alice')
    for (const type of ['bool', 'comment']) expect(await code(relabelled(type))).toBe('malformed')
    const yes = linesOf(await seal([{ kind: 'entry', name: 'ON', value: 'True' }], [member]))
    expect(values(await read(yes.with(0, yes[0]!.replace('type:str]', 'type:bool]'))))).toEqual({ ON: 'true' })
    const mac = metadata('mac')
    expect(await code(lines.with(mac, lines[mac]!.replace('type:str]', 'type:int]')))).toBe('malformed')
  })

  it('is the rest of the metadata: version, unknown names, order, fraction and spelling of the zone', async () => {
    const body = lines.slice(0, 10)
    const shuffled = lines
      .slice(10)
      .reverse()
      .map((line) =>
        line.replace('sops_version=3.13.0', 'sops_version=9.9.9').replace(/(lastmodified=.*)Z$/, '$1.125+00:00'),
      )
    expect((await read([...body, ...shuffled, 'sops_later=1'])).document).toEqual(DOCUMENT)
  })

  it('is a rule that every value obeys, although it decides about the next value that is written', async () => {
    const opened = await read(withRule('sops_encrypted_regex=^(USER|PASSWORD|SAME|LAST)$'))
    expect(values(opened)).toEqual(values(await open(bytes, member.identity)))
    const after = await encryptOver(
      opened,
      [...opened.document, { kind: 'entry', name: 'NEW', value: 'in plain' }],
      new Date(),
    )
    expect(linesOf(printEncryptedFile(after!))).toContain('NEW=in plain')
  })

  it('is the list of recipients: a wrapped key may go, and the name beside one may lie', async () => {
    const second = await newMember()
    const two = linesOf(await seal(DOCUMENT, [member, second]))
    const lying = two.with(11, `sops_age__list_0__map_recipient=${second.recipient.text}`)
    expect((await read(lying)).document).toEqual(DOCUMENT)
    expect((await read(two.toSpliced(12, 2))).document).toEqual(DOCUMENT)
    expect(await codeOf(() => open(bytesOf(`${two.toSpliced(12, 2).join('\n')}\n`), second.identity))).toBe(
      'no-identity',
    )
  })
})

function read(lines: readonly string[]): ReturnType<typeof open> {
  return open(bytesOf(`${lines.join('\n')}\n`), member.identity)
}

function code(lines: readonly string[]): Promise<string> {
  return codeOf(() => read(lines))
}

/** Whether the file opens, to whatever document. */
async function accepts(lines: readonly string[]): Promise<boolean> {
  try {
    await read(lines)
    return true
  } catch (error) {
    if (error instanceof SealwardError) return false
    throw error
  }
}

/** The lines above the metadata that can be treated like this without anybody noticing. */
async function outcomes(tamper: (index: number) => string[]): Promise<string[]> {
  const verdicts = await Promise.all(NAMES.map((_, index) => accepts(tamper(index))))
  return NAMES.filter((_, index) => verdicts[index])
}

function swapped(one: number, other: number): string[] {
  return lines.with(one, lines[other]!).with(other, lines[one]!)
}

function metadata(name: string): number {
  return lines.findIndex((line) => line.startsWith(`sops_${name}=`))
}

function withRule(line: string): string[] {
  return lines.with(metadata('unencrypted_suffix'), line)
}

function values({ variables }: Awaited<ReturnType<typeof open>>): Record<string, string> {
  return Object.fromEntries([...variables].map(([name, { value }]) => [name, value]))
}
