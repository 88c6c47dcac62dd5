import type { FakeIssue, FakeRepository, HistoryEntry } from '../../fakes/github/state.ts'

/** What happened to the issues of a repository as a person reads it: an issue a paragraph, a day and a person a line. */
export function printHistory({ issues, history }: FakeRepository): string {
  return issues.map((issue) => `${headOf(issue)}\n${linesOf(issue, history).join('\n')}\n`).join('\n')
}

function headOf({ number, title, author, state, stateReason }: FakeIssue): string {
  const end = state === 'open' ? 'open at the end' : `closed at the end (${stateReason})`
  return `#${number} ${title}\n  by ${author}, ${end}`
}

function linesOf(issue: FakeIssue, history: readonly HistoryEntry[]): string[] {
  const comments = issue.comments.values()
  const lines: { when: string; did: string[] }[] = []
  for (const { at, by, did } of history.filter((entry) => entry.issue === issue.number)) {
    const when = `${at.toISOString().slice(0, 10)} ${by.replace('github-actions[bot]', 'sealward')}`
    const last = lines.at(-1)
    const words = did === 'commented' ? `commented\n${indented(comments.next().value?.body ?? '')}` : did
    if (last?.when === when) last.did.push(words)
    else lines.push({ when, did: [words] })
  }
  return lines.map(
    ({ when, did }) =>
      `  ${when} ${did.map((one, index) => (index === 0 ? one : then(did[index - 1]!, one))).join('')}`,
  )
}

function then(before: string, one: string): string {
  return before.startsWith('commented') ? `\n             then ${one}` : `, ${one}`
}

/** Without the key, and with characters for entities. */
function indented(body: string): string {
  const text = body.replace(/^<!--.*-->\n/, '').replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `      | ${line.replace(/<\/?code>/g, '`')}`)
    .join('\n')
}
