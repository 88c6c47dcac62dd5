import { describe, expect, it } from 'vitest'
import type { Content, Version } from '../../../src/core/check/history/version.ts'
import { exposureOf } from '../../../src/core/lockdown/exposure.ts'
import type { Revision } from '../../../src/core/members/revisions.ts'

const T = (day: string) => new Date(`${day}T12:00:00Z`)
const NOW = T('2026-11-21')

/** What a file had for the keys of some letters: `plain_X` is no ciphertext. */
function revision(file: string, from: string, keys: string, names: readonly string[], until?: string): Revision {
  const values = new Map<string, Content>()
  const version: Version = { values, recipients: [...keys], wrapped: new Set() }
  for (const name of names)
    values.set(name, { value: null, sealed: name.startsWith('plain') ? null : `ENC[${file} ${name}]`, version })
  return { file, version, from: T(from), isExact: true, until: until === undefined ? null : T(until) }
}

const exposed = (revisions: readonly Revision[], fresh: string | null = null) =>
  exposureOf(revisions, { now: NOW, fresh }).map(
    ({ file, name, keys, until }) => `${file} ${name} ${keys} until ${until.toISOString().slice(0, 10)}`,
  )

describe('what a lockdown lists', () => {
  it('is everything that was ever encrypted: what most keys opened first, then what was there for longest, then by name', () => {
    const revisions = [
      revision('b', '2026-01-01', 'a', ['OLD', 'GONE'], '2026-03-01'),
      revision('b', '2026-03-01', 'a', ['OLD', 'plain_HOST', 'NEW']),
      revision('a', '2026-03-01', 'a', ['Z', 'Y']),
      revision('c', '2026-05-01', 'ab', ['SHARED'], '2026-06-01'),
      revision('c', '2026-06-01', 'bc', ['SHARED']),
    ]
    const expected = [
      'c SHARED 3 until 2026-11-21',
      'b GONE 1 until 2026-03-01',
      'b OLD 1 until 2026-11-21',
      'a Y 1 until 2026-11-21',
      'a Z 1 until 2026-11-21',
      'b NEW 1 until 2026-11-21',
    ]
    expect(exposed(revisions)).toEqual(expected)
    expect(exposed(revisions.toReversed())).toEqual(expected)
  })

  it('does not count the key of now, which nobody else had', () => {
    const revisions = [revision('a', '2026-01-01', 'ab', ['X']), revision('b', '2026-01-01', 'n', ['Y'])]
    expect(exposed(revisions, 'n')).toEqual(['a X 2 until 2026-11-21', 'b Y 0 until 2026-11-21'])
  })
})
