/**
 * Prints docs/rules.md, a section for every rule, from the rules themselves: `node scripts/rules-page.ts > docs/rules.md`. A test
 * holds the committed file to it.
 */
import { pathToFileURL } from 'node:url'
import { type Chapter, chapters, type RuleSection } from './rules-page/chapters.ts'

const HEAD = `# The rules

What \`sealward scan\` and the hooks look for. This page is made by \`scripts/rules-page.ts\` from the rules as they run; the id of a rule is stable
across releases and is the name to use in an allowance.

**Severity** is the damage in the wrong hands, **confidence** how sure it is that the thing is a secret at all, **proof** whether it carries a
checksum or a structure that is checked without asking anybody: where the proof fails, the confidence falls and the finding stays.

Samples are templates: \`…36 b62…\` stands for 36 random characters of base 62, and likewise \`hex\`, \`a36\` (lower case and digits), \`b64u\`, \`d\`
(digits), and so on; \`<uuid>\` and \`<jwt>\` are what they say. A shape is a regular expression, tried only where one of the rule's literals stands.
`

/** The text of the file. */
export function rulesPageText(): string {
  const all = chapters()
  const contents = all.map(({ title, rules }) => `- [${title}](#${anchorOf(title)}): ${rules.length}`)
  return [HEAD, `${contents.join('\n')}\n`, ...all.map(chapterText)].join('\n')
}

function chapterText({ title, about, rules }: Chapter): string {
  const rows = rules.map(
    ({ id, severity, confidence, proof }) =>
      `| [${id}](#${id}) | ${severity} | ${confidence} | ${proof ? 'yes' : ''} |`,
  )
  const table = ['| rule | severity | confidence | proof |', '|---|---|---|---|', ...rows]
  return `## ${title}\n\n${about}\n\n${table.join('\n')}\n\n${rules.map(sectionText).join('\n')}`
}

function sectionText({ id, what, recognised, shape, advice, hits, misses }: RuleSection): string {
  const items = [
    shape === null ? '' : `- shape: ${codeSpan(shape)}`,
    advice === null ? '' : `- what to do: ${plain(advice)}`,
    hits.length === 0 ? '' : `- found: ${hits.map(sampleSpan).join(', ')}`,
    misses.length === 0 ? '' : `- not found: ${misses.map(sampleSpan).join(', ')}`,
  ].filter(Boolean)
  const list = items.length === 0 ? '' : `\n${items.join('\n')}\n`
  return `### ${id}\n\n${`${capital(plain(what))}. ${recognised}`.trimEnd()}\n${list}`
}

/** A template without its braces: with ellipses a run of characters looks like a value to no scanner, ours included. */
function sampleSpan(template: string): string {
  return codeSpan(template.replace(/\{([A-Za-z]\w*):([\d-]+)\}/g, '…$2 $1…').replace(/\{(uuid|UUID|jwt)\}/g, '<$1>'))
}

/** CommonMark 6.1: a run of backticks longer than any inside, and line ends as they are written in source code. */
function codeSpan(text: string): string {
  const flat = text.replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  const fence = '`'.repeat(Math.max(0, ...(flat.match(/`+/g) ?? []).map(({ length }) => length)) + 1)
  const space = /^`|`$/.test(flat) ? ' ' : ''
  return `${fence}${space}${flat}${space}${fence}`
}

/** What could be structure of Markdown, as text. */
function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** As GitHub makes them from titles. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(rulesPageText())
