import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { HOOKS } from '../../src/core/hook-name.ts'
import { RULES } from '../../src/core/scan/rules.ts'
import { packageRoot } from '../support/git-repository.ts'
import { shipped } from '../support/hooked-repository.ts'

const read = (path: string) => readFileSync(join(packageRoot, path), 'utf8')
const page = read('docs/hooks.md')

describe('docs/hooks.md', () => {
  it('has every rule with what it stops, and no other', () => {
    const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, rule, what]) => [
      rule,
      what!.replaceAll('`', ''),
    ])
    const rules = RULES.flatMap(({ finds }) => Object.entries(finds))
    const told = new Map(rows as [string, string][])
    expect([...told.keys()].sort()).toEqual(rules.map(([rule]) => rule).sort())
    for (const [rule, what] of rules) expect(told.get(rule)!.replace(', in any letter case,', '')).toBe(what)
  })

  it.each(['lefthook.yml', '.pre-commit-config.yaml', 'sealward.yml'])('shows a %s that is YAML', (file) => {
    const block = page.split('```yaml\n').find((text) => text.startsWith(`# ${file}\n`))!
    expect(parse(block.split('```')[0]!)).toBeTypeOf('object')
  })

  it('names the hooks that .pre-commit-hooks.yaml has', () => {
    const hooks = parse(read('.pre-commit-hooks.yaml')) as { id: string }[]
    for (const { id } of hooks) expect(page).toContain(`\`${id}\``)
  })
})

describe('what is shipped', () => {
  const { bin, files } = JSON.parse(read('package.json'))

  it('has hooks that can be executed', () => {
    for (const path of [...HOOKS.map((hook) => join(packageRoot, 'hooks', hook)), shipped.program])
      expect(statSync(path).mode & 0o111).toBe(0o111)
    expect(readFileSync(shipped.program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })

  it('has in it what the hooks name', () => {
    expect(files).toEqual(expect.arrayContaining(['dist', 'hooks', '.pre-commit-hooks.yaml']))
    expect(bin['sealward-hook']).toBe('dist/hook.js')
    const entries = parse(read('.pre-commit-hooks.yaml')).map(({ entry }: { entry: string }) => entry)
    const hooks = ['pre-commit', 'commit-msg', 'pre-push']
    expect(entries).toEqual([...hooks.map((hook) => `hooks/${hook}`), ...hooks.map((hook) => `sealward-hook ${hook}`)])
  })

  it('has a hook of at most sixty lines, without a command that an empty PATH lacks', () => {
    const lines = readFileSync(shipped.hook, 'utf8').split('\n')
    expect(lines.length).toBeLessThan(62)
    const code = lines.filter((line) => !line.startsWith('#')).join('\n')
    for (const command of ['dirname', 'basename', 'sed', 'cat', 'uname', 'realpath', 'git'])
      expect(code).not.toMatch(new RegExp(`(?:^|[($;&|]\\s*)${command}\\s`, 'm'))
  })
})
