import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/core/dotenv/document.ts'
import { requireSameValues } from '../../../src/core/rotation/same-values.ts'
import { codeOf, newMember, open, refusal, type SealOptions, seal } from '../../support/sealing.ts'

const DOCUMENT: Document = [
  { kind: 'comment', text: ' about A' },
  { kind: 'entry', name: 'A', value: 'a-value' },
  { kind: 'blank' },
  { kind: 'entry', name: 'B_unencrypted', value: 'two' },
]

async function opened(document: Document, options: SealOptions = {}) {
  const member = await newMember()
  return open(await seal(document, [member], options), member.identity)
}

describe('what was read back', () => {
  it('is the same under other keys', async () => {
    requireSameValues(await opened(DOCUMENT), await opened(DOCUMENT))
  })

  it.each<[string, Document]>([
    [
      'a value',
      DOCUMENT.map((line) => (line.kind === 'entry' && line.name === 'A' ? { ...line, value: 'a-Value' } : line)),
    ],
    ['a name', DOCUMENT.map((line) => (line.kind === 'entry' && line.name === 'A' ? { ...line, name: 'AA' } : line))],
    ['a comment', DOCUMENT.slice(1)],
    ['a blank line', DOCUMENT.filter(({ kind }) => kind !== 'blank')],
    ['the order', DOCUMENT.toReversed()],
    ['one more', [...DOCUMENT, { kind: 'entry', name: 'C', value: '' }]],
  ])('is refused when %s differs, and nothing of it is said', async (_, document) => {
    const error = await refusal(async () => requireSameValues(await opened(DOCUMENT), await opened(document)))
    expect(error.code).toBe('internal')
    expect(`${error.message} ${error.hint}`).not.toMatch(/a-value/i)
  })

  it('is refused when a value is in plain text that was encrypted', async () => {
    const bare = { rule: { kind: 'unencrypted_regex', pattern: '^(A|B_)' } } as const
    expect(await codeOf(async () => requireSameValues(await opened(DOCUMENT), await opened(DOCUMENT, bare)))).toBe(
      'internal',
    )
  })
})
