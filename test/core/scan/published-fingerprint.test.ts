import { expect, it } from 'vitest'
import type { Finding } from '../../../src/core/finding.ts'
import { publishedFingerprints } from '../../../src/core/scan/published-fingerprint.ts'

const at = (file: string, line: number, rule = 'github-pat'): Finding => ({ rule, file, line, message: 'a token' })

it('each finding has a fingerprint of its own', () => {
  const prints = publishedFingerprints([at('a', 1), at('a', 2), at('a', 3, 'jwt'), at('b', 1)])
  expect(new Set(prints).size).toBe(4)
  for (const print of prints) expect(print).toMatch(/^[0-9a-f]{32}$/)
})

it('a finding keeps its fingerprint on another line, and with another message and preview', () => {
  const moved = { ...at('a', 90), message: 'other words', preview: 'ghp_' }
  expect(publishedFingerprints([moved])).toEqual(publishedFingerprints([at('a', 1)]))
})

it('what is found in one file changes nothing in another', () => {
  expect(publishedFingerprints([at('b', 1), at('b', 2), at('a', 1)])[2]).toBe(publishedFingerprints([at('a', 1)])[0])
})
