import { readFileSync } from 'node:fs'
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
    ['simple-git', /simple-git|GitError|promise-deferred/i],
    ['octokit', /octokit/i],
    ['@noble', /AuthenticatedCipher|ghash/i],
    ['age-encryption', /age-encryption\.org\/v1/],
    ['yaml', /YAMLParseError|%YAML/],
    ['re2js', /RE2JS/],
  ])('loads no %s', (_, trace) => {
    expect(text).not.toMatch(trace)
  })

  it('has traces to look for: they are in what is loaded later', () => {
    expect(text).toMatch(/import\("\.\/chunks\/|import\("\.\//)
  })
})
