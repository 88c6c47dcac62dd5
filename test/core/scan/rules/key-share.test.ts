import { describe, expect, it } from 'vitest'
import { generateIdentity, recipientOf } from '../../../../src/core/age/identity.ts'
import { printShare } from '../../../../src/core/recovery/share-text.ts'
import { splitIdentity } from '../../../../src/core/recovery/split.ts'
import { findKeyShares } from '../../../../src/core/scan/rules/key-share.ts'

describe('a share of a key', () => {
  it.each(['x25519', 'hybrid'] as const)(
    'of an %s identity is found as `keys split` prints it, each by itself',
    async (kind) => {
      const identity = await generateIdentity(kind)
      const recipient = await recipientOf(identity)
      const pages = (await splitIdentity(identity, { of: 3, threshold: 2 })).map((share) =>
        printShare(share, recipient),
      )
      expect(pages.map((page) => findKeyShares(page).length)).toEqual([1, 1, 1])
      expect(new Set(findKeyShares(pages.join('\f')).map(({ essence }) => essence)).size).toBe(3)
      expect(findKeyShares(pages[0]!.replaceAll('\n', '\r\n'))).toHaveLength(1)
    },
  )

  it.each([
    ['a page that only speaks of one', 'sealward key share, version 1\n\nkey    age1...\nshare  1 of 3\n\n1  ...\n'],
    ['code without the title', `1  ${'abcd '.repeat(8)}\n`],
  ])('is not %s', (_, text) => {
    expect(findKeyShares(text)).toEqual([])
  })

  it('takes time in proportion to a hostile text', () => {
    const text = `${'sealward key share, version 1\n'.repeat(10_000)}1 ${' '.repeat(100_000)}`
    const start = performance.now()
    findKeyShares(text)
    expect(performance.now() - start).toBeLessThan(5000)
  })
})
