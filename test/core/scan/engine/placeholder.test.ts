import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isPlaceholder } from '../../../../src/core/scan/engine/placeholder.ts'
import { randomText } from './samples.ts'

describe('a placeholder', () => {
  it.each([
    ['ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 4],
    ['ghp_XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX', 4],
    ['ghp_************************************', 4],
    ['ghp_000000000000000000000000000000000000', 4],
    ['ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 4],
    ['ghp_1234567890123456789012345678901234567890', 4],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', 4],
    ['ghp_0123456789abcdef0123456789abcdef0123', 4],
    ['ghp_abababababababababababababababababab', 4],
    ['glpat-xxxxxxxxxxxxABC', 6],
    ['AKIAIOSFODNN7EXAMPLE', 4],
    ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 0],
    ['sk_test_your_key_here', 8],
    ['sk-your-token-here', 3],
    ['npm_YOURTOKENHEREYOURTOKENHERE', 4],
    ['xoxb-not-a-real-token', 5],
    ['xoxb-changeme-changeme', 5],
    ['hf_placeholder', 3],
    ['ghp_<token>', 4],
    ['npm_${NPM_TOKEN}', 4],
    ['ghp_abc...xyz', 4],
  ])('is %s', (token, prefix) => {
    expect(isPlaceholder(token, prefix)).toBe(true)
  })

  it.each([16, 24, 36, 64])('is never a random text of %i characters', (length) => {
    let inHex = 0
    for (let times = 0; times < 2000; times += 1) {
      expect(isPlaceholder(`ghp_${randomText(length)}`, 4)).toBe(false)
      inHex += isPlaceholder(randomBytes(length / 2).toString('hex')) ? 1 : 0
      expect(isPlaceholder(randomBytes(length).toString('base64url'))).toBe(false)
    }
    expect(inHex).toBeLessThanOrEqual(1) // of 16 digits, one in a million has hardly any different ones
  })

  it('is what counts up or down, not what does both by turns', () => {
    expect(isPlaceholder('0123456701234567')).toBe(true)
    expect(isPlaceholder('7f3a98765432e1c2')).toBe(true)
    expect(isPlaceholder('7f3a23434565e1c2')).toBe(false)
  })

  it('is nothing that is longer than every token', () => {
    expect([1024, 1025].map((length) => isPlaceholder('x'.repeat(length)))).toEqual([true, false])
  })

  it('is not a random token with the word in it', () => {
    expect(isPlaceholder(`${randomText(30)}-example-${randomText(20)}`)).toBe(false)
  })

  it('is not letters drawn at random, with a short word among them by chance', () => {
    expect(isPlaceholder('my-secretApiKey')).toBe(true)
    expect(isPlaceholder('my-cCUzOzXYVzcVcoMFEzQ')).toBe(false)
  })

  it('never throws, and takes no long over any text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => typeof isPlaceholder(text) === 'boolean'))
    const start = performance.now()
    for (const text of ['x-'.repeat(500), 'your'.repeat(250), '<'.repeat(1000)]) isPlaceholder(text)
    expect(performance.now() - start).toBeLessThan(200)
  })
})
