import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allRules } from '../../../src/core/scan/all-rules.ts'
import { ESCAPE_LITERALS } from '../../../src/core/scan/decode/escapes.ts'
import { findPeer } from '../../../test/peers.ts'

/**
 * How long ripgrep takes to look for every literal that wakes a rule, in all files of a folder, by two threads: what a scan would cost if it
 * were nothing but the search for words.
 *
 * @returns milliseconds, null without ripgrep
 */
export function timeBareSearch(folder: string): number | null {
  const program = findPeer('rg')
  if (program === null) return null
  const parent = mkdtempSync(join(tmpdir(), 'sealward-words-'))
  try {
    const words = join(parent, 'words')
    writeFileSync(words, `${patterns().join('\n')}\n`)
    const start = performance.now()
    const { status, stderr } = spawnSync(program, ['-j2', '-uuu', '-a', '--count', '-f', words, folder], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    })
    if (status === 2 && !stderr.includes('No such file')) throw new Error(`rg: ${stderr.slice(0, 300)}`)
    return performance.now() - start
  } finally {
    rmSync(parent, { recursive: true, force: true })
  }
}

function patterns(): string[] {
  const { tokens, finders } = allRules()
  const exact = tokens.marks.flatMap(({ literals }) => literals)
  const near = tokens.marks.flatMap(({ literals, near = [] }) => (literals.length === 0 ? near : []))
  const folded = [...near, ...finders.flatMap(({ literals }) => literals), ...ESCAPE_LITERALS]
  return [...new Set(exact.map(escaped)), ...new Set(folded.map((word) => `(?i:${escaped(word)})`))]
}

function escaped(word: string): string {
  return word.replace(/[^A-Za-z0-9_]/g, (character) => `\\x{${character.charCodeAt(0).toString(16)}}`)
}
