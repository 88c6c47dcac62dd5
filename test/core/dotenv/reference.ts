import type { Document, DotenvLine } from '../../../src/core/dotenv/document.ts'

/**
 * The grammar of docs/dotenv.md section 3 once more, as one regular expression a rule: slow, plain, and written without a look
 * at the scanner. Gives null where the page says "refused".
 */
export function referenceParse(source: string): Document | null {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n')
  if (/[\r\0\p{Surrogate}]/u.test(text)) return null
  const lines: DotenvLine[] = []
  let at = 0
  const take = (rule: RegExp): RegExpExecArray | null => {
    rule.lastIndex = at
    const match = rule.exec(text)
    if (match !== null) at = rule.lastIndex
    return match
  }
  while (at < text.length) {
    if (take(/[ \t]*(?:\n|$)/y) !== null) {
      lines.push({ kind: 'blank' })
      continue
    }
    const comment = take(/[ \t]*#([^\n]*)(?:\n|$)/y)
    if (comment !== null) {
      lines.push({ kind: 'comment', text: comment[1] ?? '' })
      continue
    }
    const name = take(/[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=/y)?.[1]
    if (name === undefined || name.startsWith('sops_')) return null
    if (lines.some((line) => line.kind === 'entry' && line.name === name)) return null
    const right = takeValue(take)
    if (right === null) return null
    if (right.comment !== undefined) lines.push({ kind: 'comment', text: right.comment })
    lines.push({ kind: 'entry', name, value: right.value })
  }
  return lines
}

type Take = (rule: RegExp) => RegExpExecArray | null

function takeValue(take: Take): { value: string; comment: string | undefined } | null {
  const literal = take(/[ \t]*(?:'([^']*)'|`([^`]*)`)[ \t]*(?:#([^\n]*))?(?:\n|$)/y)
  if (literal !== null) {
    const value = literal[1] ?? literal[2] ?? ''
    return value.endsWith('\\') && literal[3] !== undefined ? null : { value, comment: literal[3] }
  }
  const double = take(/[ \t]*"((?:[^"\\]|\\[\s\S])*)"[ \t]*(?:#([^\n]*))?(?:\n|$)/y)
  if (double !== null) return { value: resolve(double[1] ?? ''), comment: double[2] }
  if (take(/(?=[ \t]*['"`])/y) !== null) return null
  const bare = take(/([^\n]*?)(?:[ \t]#([^\n]*))?(?:\n|$)/y)
  return { value: (bare?.[1] ?? '').replace(/^[ \t]+/, '').replace(/[ \t]+$/, ''), comment: bare?.[2] }
}

function resolve(raw: string): string {
  return raw
    .split(/(\\[\s\S])/)
    .map((part) => {
      if (!/^\\[nrt"\\$`]$/.test(part)) return part
      return ({ n: '\n', r: '\r', t: '\t' } as Record<string, string>)[part.charAt(1)] ?? part.charAt(1)
    })
    .join('')
}
