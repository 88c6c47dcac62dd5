import { describe, expect, it, vi } from 'vitest'
import { generateIdentity } from '../../src/core/age/identity.ts'
import { SealwardError } from '../../src/core/errors.ts'

describe('an error', () => {
  it.each(['x25519', 'hybrid'] as const)(
    'never shows an %s key that was given where a path or a name belongs',
    async (kind) => {
      const key = (await generateIdentity(kind)).secret.reveal()
      const error = new SealwardError('not-found', `${key} is not there`, {
        hint: `look at ${key.toLowerCase()}`,
        file: `x/${key}`,
      })
      const shown = [error.message, error.hint, error.file, error.in('other').file, String(error.stack)]
        .join('\n')
        .toUpperCase()
      expect(shown).not.toContain(key.slice(16, 40))
      expect(error.message).toBe('(an age key) is not there')
    },
  )

  it('is one of another copy of its class too: the files of a program may each have a copy', async () => {
    vi.resetModules()
    const copy = await import('../../src/core/errors.ts')
    expect(copy.SealwardError).not.toBe(SealwardError)
    expect(new copy.SealwardError('io', 'cannot be read')).toBeInstanceOf(SealwardError)
    const others = [new Error('cannot be read'), { code: 'io', name: 'SealwardError' }, 'io', null, undefined]
    expect(others.filter((other) => other instanceof SealwardError)).toEqual([])
  })

  it('keeps the first file it happened in', () => {
    const error = new SealwardError('io', 'cannot be read', { line: 3, hint: 'mend it' }).in('one').in('two')
    expect(error).toMatchObject({ code: 'io', file: 'one', line: 3, hint: 'mend it' })
  })
})
