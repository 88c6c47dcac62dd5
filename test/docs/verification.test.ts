import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ALL_PROBES } from '../../src/adapters/probes/all-probes.ts'
import { PROBES } from '../../src/core/policy/sections/check.ts'

const page = readFileSync('docs/verification.md', 'utf8')
const rows = page
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter(({ length }) => length === 7)
  .filter(([, issuer]) => /^`[a-z-]+`$/.test(issuer ?? ''))

describe('docs/verification.md', () => {
  it('has a row for each issuer, in their order, with its hosts', () => {
    const documented = rows.map(([, issuer, hosts]) => [issuer, hosts])
    const hosts = (bases: readonly string[]) => bases.map((base) => new URL(base).host).join(', ')
    expect(documented).toEqual(
      ALL_PROBES.map(({ name, bases }) => [`\`${name}\``, hosts(bases) || 'none: it has to be named']),
    )
  })

  it('names the rules that each is asked about', () => {
    for (const [index, { rules }] of ALL_PROBES.entries())
      for (const rule of rules) expect(rows[index]?.[4]).toContain(`\`${rule}\``)
  })

  it('names the issuers that sealward.yml may name, which there are', () => {
    expect(page).toContain(
      `\`check.probes\` takes ${PROBES.map((name) => `\`${name}\``)
        .join(', ')
        .replace(/, (`\w+`)$/, ' and $1')}.`,
    )
    const names = ALL_PROBES.map(({ name }) => name)
    expect(PROBES.filter((name) => !names.includes(name))).toEqual([])
  })
})
