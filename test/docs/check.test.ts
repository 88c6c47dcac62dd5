import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../../src/core/check/judged.ts'

const page = readFileSync('docs/check.md', 'utf8')
const FOLDERS = ['src/core/check', 'src/core/certificate/judge', 'src/tasks/steps/check']

/** The names of questions, as the code writes them: a property or constant `rule`, or the last word of `judgePair`. */
const WRITTEN = /\brule(?:: | = )'([a-z-]+)'|, '(certificate-[a-z-]+)'\)/g

const rules = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((file) => {
    if (!file.endsWith('.ts')) return []
    return [...readFileSync(join(folder, file), 'utf8').matchAll(WRITTEN)].map(([, one, other]) => one ?? other!)
  }),
)

describe('docs/check.md', () => {
  it('has a place for every rule, which SARIF links to, and for no other', () => {
    const places = [...page.matchAll(/<a id="([a-z-]+)"><\/a>`\1`/g)].map(([, id]) => id)
    expect(places.toSorted()).toEqual([...new Set(rules)].toSorted())
    expect(places.length).toBeGreaterThan(25)
  })

  it('has a row for every level', () => {
    for (const level of LEVELS) expect(page).toContain(`| \`${level}\` |`)
  })

  it('has every flag of the command but those that other pages have', () => {
    const source = readFileSync('src/cli/commands/check/check.ts', 'utf8')
    const flags = [...source.matchAll(/name: '([a-z-]+)', (?:short|value|help)|name: '([a-z-]+)',\n/g)].map(
      (match) => match[1] ?? match[2]!,
    )
    expect(flags).toContain('explain')
    const missing = flags.filter((flag) => flag !== 'check' && !page.includes(`--${flag}`))
    expect(missing).toEqual(['output', 'environment'])
    for (const short of ['-o', '-e', '-i']) expect(page).toContain(`\`${short}`)
  })
})
