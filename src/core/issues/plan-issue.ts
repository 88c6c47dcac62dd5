import type { ChangeAction, IssueAction } from './action.ts'
import { printNews } from './body/comment.ts'
import { type Page, type PageParts, printPage } from './body/page.ts'
import type { OwnIssue } from './own.ts'
import { byLevel, type Standing, snoozeDays } from './standing.ts'

/**
 * What one issue needs, and nothing where it is as it should be. It is open while something in it asks for attention. What people do to it
 * counts for more:
 *
 * - who closes it is left alone until something in it gets worse, comes new, or a date is reached; only what it remembers is kept up to date;
 * - who opens it again when everything is in order has it open;
 * - who gives it another title or assignee finds them there the next day.
 *
 * @param own null when there is none yet
 */
export function planIssue(parts: PageParts, own: OwnIssue | null): IssueAction[] {
  const page = printPage(parts)
  const active = parts.standings.filter(({ until }) => until === null)
  if (own === null) {
    const { title, body, owners } = page
    return active.length === 0 || title === null ? [] : [{ do: 'create', id: parts.wanted.id, title, body, owners }]
  }
  const state = { own, page, standings: parts.standings, changed: isChanged(own, page, parts.standings) }
  return active.length === 0 ? rest(state) : ask(state)
}

interface State {
  readonly own: OwnIssue
  readonly page: Page
  readonly standings: readonly Standing[]
  readonly changed: boolean
}

/** Nothing asks for attention. An issue that said so already and is open was opened again by a person. */
function rest({ own, page, standings, changed }: State): IssueAction[] {
  const said = own.marker.level === 'ok'
  if (said || own.issue.state === 'closed') return changed ? [write('update', own, page)] : []
  const reason = standings.length === 0 ? ('completed' as const) : ('not_planned' as const)
  return [{ ...write('close', own, page), reason }]
}

/** Something does. A closed issue in which something did, when we wrote last, was closed by a person. */
function ask({ own, page, standings, changed }: State): IssueAction[] {
  const news = standings.filter((standing) => standing.news !== null)
  const comment =
    news.length === 0 ? [] : [{ do: 'comment', issue: own.issue.number, ...printNews(own, news) } as const]
  if (own.issue.state === 'open') return changed ? [...comment, write('update', own, page)] : []
  const dismissed = own.marker.level !== 'ok'
  if (dismissed && !news.some(({ news }) => news?.kind !== 'better')) return changed ? [write('update', own, page)] : []
  return [...comment, write('reopen', own, page)]
}

/** In a closed issue only what it remembers matters: nobody reads the rest. */
function isChanged(own: OwnIssue, page: Page, standings: readonly Standing[]): boolean {
  if (own.marker.hash === page.hash && !standings.some(({ news }) => news !== null)) return false
  return own.issue.state === 'open'
    ? own.marker.level !== 'ok' || !remembers(own, standings)
    : !remembers(own, standings)
}

function remembers({ items }: OwnIssue, standings: readonly Standing[]): boolean {
  const same = ({ id, level, until }: Standing) => {
    const item = items.get(id)
    return (
      item !== undefined && byLevel(item.level, level) === 0 && item.until === until && item.ticked === (until !== null)
    )
  }
  return items.size === standings.length && standings.every(same)
}

/** A label that snoozes is done with: the body has the date. */
function write(what: ChangeAction['do'], { issue, marker }: OwnIssue, page: Page): ChangeAction {
  const labels = issue.labels.filter((label) => snoozeDays(label) === null)
  return {
    do: what,
    issue: issue.number,
    body: page.body,
    ...(page.title === null || marker.title === page.titleKey ? {} : { title: page.title }),
    ...(labels.length === issue.labels.length ? {} : { labels }),
    ...(marker.owners === page.ownersKey || page.owners.length === 0 ? {} : { owners: page.owners }),
  }
}
