import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DRIVERS } from '../../src/core/credential/target.ts'
import { parsePolicy } from '../../src/core/policy/policy.ts'

const PAGE = readFileSync('docs/cookbook/rotation.md', 'utf8')
const sections = PAGE.split(/^## /m).slice(1)

function blocksOf(text: string): string[] {
  return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block]) => block!)
}

describe('the cookbook of rotations', () => {
  it.each(sections)('has an entry that sealward.yml takes, and one workflow: %s', (section) => {
    const [entry = '', workflow = '', ...more] = blocksOf(section)
    expect(parsePolicy(entry, 'sealward.yml').rotation.credentials).toHaveLength(1)
    expect([workflow.includes('mode: rotate'), more]).toEqual([true, []])
  })

  it('has one for every driver', () => {
    const shown = sections.map((section) => {
      const [{ driver, variables }] = parsePolicy(blocksOf(section)[0]!, 'sealward.yml').rotation.credentials as [never]
      return driver ?? urlDriver(variables)
    })
    expect(new Set(shown)).toEqual(new Set(DRIVERS))
  })

  it('has the settings of secrets that every day needs', () => {
    expect(() => parsePolicy(blocksOf(PAGE)[0]!, 'sealward.yml')).not.toThrow()
  })
})

/** Where the connection string has to tell it, the page names it in the variable's admin. */
function urlDriver({ url }: { readonly url: string }): string {
  return { DATABASE_URL: 'postgres', REDIS_URL: 'redis', MONGODB_URL: 'mongodb' }[url] ?? url
}
