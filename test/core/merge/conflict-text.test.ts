import { describe, expect, it } from 'vitest'
import { isEncryptedFile, parseEncryptedFile } from '../../../src/core/envelope/file.ts'
import { conflictingBytes, parseSettled } from '../../../src/core/merge/conflict-text.ts'
import { documentOf } from '../../support/documents.ts'
import { bytesOf, newMember, refusal, seal, textOf } from '../../support/sealing.ts'

describe('two files in one', () => {
  it.each([
    [
      'all of what differs, with what lies between',
      '1\n2\n3\n4\n5\n',
      '1\nx\n3\ny\n5\n',
      '1\n<2\n3\n4\n=x\n3\ny\n>5\n',
    ],
    ['what one has and the other has not', '1\n2\n3\n', '1\n3\n', '1\n<2\n=>3\n'],
    ['a line of which there are more', '1\n1\n', '1\n1\n1\n', '1\n1\n<=1\n>'],
    ['everything where nothing is common', '1\n', '2\n', '<1\n=2\n>'],
    ['everything of the one that is there', '', '1\n', '<=1\n>'],
    ['a last line that has no end', '1\n2', '1\n2\n3', '1\n2\n<=3\n>'],
    ['nothing', '1\n', '1\n', '1\n<=>'],
  ])('have between their markers %s', (_, ours, theirs, expected) => {
    const marks: Record<string, string> = { '<': '<<<<<<< ours\n', '=': '=======\n', '>': '>>>>>>> theirs\n' }
    const text = expected.replace(/[<=>]/g, (mark) => marks[mark]!)
    expect(textOf(conflictingBytes(bytesOf(ours), bytesOf(theirs)))).toBe(text)
  })

  it('keep their bytes, whatever these are, and markers of the length that git asks for', () => {
    const [one, other] = [Buffer.of(0xff, 0x0a, 0xc3, 0x0d, 0x0a), Buffer.of(0xff, 0x0a, 0xe9)]
    const conflict = Buffer.from(conflictingBytes(one, other, 9)).toString('latin1')
    expect(conflict).toBe('\xff\n<<<<<<<<< ours\n\xc3\r\n=========\n\xe9\n>>>>>>>>> theirs\n')
  })

  it('are no encrypted file, so that nobody opens one side for both', async () => {
    const { recipient, identity } = await newMember()
    const members = [{ recipient, identity }]
    const [one, other] = [await seal(documentOf({ A: '1' }), members), await seal(documentOf({ A: '2' }), members)]
    const conflict = conflictingBytes(one, other)
    expect([one, other].every(isEncryptedFile)).toBe(true)
    expect((await refusal(() => parseEncryptedFile(conflict))).code).toBe('malformed')
    expect((await refusal(() => parseEncryptedFile(conflict, { anyName: true }))).code).toBe('malformed')
  })
})

it('a text that was settled into what is no .env is refused in the words of who reads one', async () => {
  const { code, line, message } = await refusal(() => parseSettled('A=1\n=2\n', 'f'))
  expect([code, line]).toEqual(['name-invalid', 2])
  expect(message).not.toContain('conflict')
})
