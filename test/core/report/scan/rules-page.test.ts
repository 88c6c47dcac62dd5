import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { chapters } from '../../../../scripts/rules-page/chapters.ts'
import { rulesPageText } from '../../../../scripts/rules-page.ts'
import { GENERIC_RULES } from '../../../../src/core/scan/generic/descriptors.ts'
import { secret } from '../../../../src/core/scan/rules/secret.ts'
import { TOKEN_RULES } from '../../../../src/core/scan/tokens/token-rules.ts'
import { visibleText } from '../../../../src/core/scan/visible-text.ts'

const page = readFileSync('docs/rules.md', 'utf8')

it('docs/rules.md is what the rules say now', () => {
  expect(page).toBe(rulesPageText())
})

it('every rule has one section, under its id', () => {
  const headings = [...page.matchAll(/^### (\S+)$/gm)].map((match) => match[1]!)
  expect(new Set(headings).size).toBe(headings.length)
  for (const { id } of [...TOKEN_RULES, ...GENERIC_RULES]) expect(headings).toContain(id)
  expect(headings.length).toBe(chapters().reduce((sum, { rules }) => sum + rules.length, 0))
})

it('every link of the page leads to a heading', () => {
  const anchors = [...page.matchAll(/^##+ (.*)$/gm)].map((match) =>
    match[1]!
      .toLowerCase()
      .replace(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
  const links = [...page.matchAll(/\]\(#([^)]*)\)/g)].map((match) => match[1]!)
  expect(links.length).toBeGreaterThan(400)
  expect(links.filter((link) => !anchors.includes(link))).toEqual([])
})

it('the page sets off no scanner of ours', async () => {
  const bytes = new TextEncoder().encode(page)
  const blob = {
    path: 'docs/rules.md',
    typed: 'docs/rules.md',
    link: false,
    staged: false,
    bytes,
    text: visibleText(bytes),
  }
  const hits = await secret.judge(blob)
  expect(hits.map(({ finding }) => `${finding.line}: ${finding.rule}`)).toEqual([])
})
