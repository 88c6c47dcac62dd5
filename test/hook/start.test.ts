import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { shipped } from '../support/hooked-repository.ts'

/** What Node reads before the hook's first line runs: the program and what it imports, not what it loads when it needs it. */
function loadedAtStart(file: string, loaded = new Map<string, string>()): ReadonlyMap<string, string> {
  if (loaded.has(file)) return loaded
  const text = readFileSync(file, 'utf8')
  loaded.set(file, text)
  for (const [, imported] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g))
    loadedAtStart(join(dirname(file), imported!), loaded)
  return loaded
}

describe('the start of the hook, which every commit waits for,', () => {
  const loaded = loadedAtStart(shipped.program)
  const text = [...loaded.values()].join('\n')

  it('reads less than 64 KiB', () => {
    expect(loaded.size).toBeGreaterThan(1)
    expect(text.length).toBeLessThan(64 * 1024)
  })

  it.each([
    ['simple-git', /simple-git|GitError/],
    ['@noble/ciphers', /AuthenticatedCipher|ghash/i],
    ['age-encryption', /age-encryption\.org\/v1/],
    ['yaml', /YAMLParseError/],
    ['re2js', /missing argument to repetition operator/],
  ])('loads no %s, which other commands do', (_, trace) => {
    expect(text).not.toMatch(trace)
    const chunks = readdirSync(join(dirname(shipped.program), 'chunks'), { recursive: true, encoding: 'utf8' })
    const others = chunks.map((name) => readFileSync(join(dirname(shipped.program), 'chunks', name), 'utf8'))
    expect(others.some((other) => trace.test(other))).toBe(true)
  })

  it('loads no octokit', () => {
    expect(text).not.toMatch(/octokit/i)
  })

  it('loads no built-in of Node that is slow to load and that a clean commit does not need', () => {
    expect(text).not.toMatch(/from\s*"(?:node:)?(?:crypto|perf_hooks|http|https|zlib|util|readline|worker_threads)"/)
  })
})
