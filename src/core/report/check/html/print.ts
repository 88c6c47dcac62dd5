import { createHash } from 'node:crypto'
import type { CheckNote, CheckReport, Judged, SubjectPlace } from '../../../check/judged.ts'
import { byUrgency, LEVELS } from '../../../check/judged.ts'
import type { SourcePages } from '../../scan/markdown/markdown.ts'
import { encodePath } from '../../scan/sarif/encode-path.ts'
import { countEach, saySpan, sayVerdict, sayWhen } from '../words.ts'
import { AXIS, drawLife } from './chart.ts'
import { escapeHtml } from './escape.ts'
import { STYLE } from './style.ts'

export interface HtmlManner {
  /** Sealward's own. */
  readonly version: string
  /** Where files can be seen; null where there is no page to link to. */
  readonly pages: SourcePages | null
}

/**
 * Nothing is loaded and nothing runs: there is no script, and the one style sheet is allowed by its digest, so an escape that failed could
 * do no more than look odd (CSP 3, 6.1).
 */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`

/** A check's whole answer as one HTML page that needs nothing beside it, for who opens an artifact or an attachment. */
export function printCheckHtml(report: CheckReport, manner: HtmlManner): string {
  const moment = report.at.toISOString()
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Sealward check, ${moment.slice(0, 10)}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Sealward check</h1>
<p class="verdict">${escapeHtml(sayVerdict(report))}</p>
<p class="soft">Judged on <time datetime="${moment}">${moment.slice(0, 16).replace('T', ' ')} UTC</time> by sealward ${escapeHtml(manner.version)}.</p>
</header>
<main>
${report.judged.length === 0 ? '' : printTable(report, manner)}${printNotes(report.notes, manner)}</main>
</body>
</html>
`
}

function printTable({ judged, at }: CheckReport, manner: HtmlManner): string {
  const rows = judged.toSorted(byUrgency).map((one) => rowOf(one, at, manner))
  const axis = AXIS.map((words) => `<span>${words}</span>`)
  return `${printFilter(judged)}
<table role="table">
<caption class="soft">The most urgent first. A bar is a life from start to end, full in colour where it is due; the line is now.</caption>
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col" class="c-level">Level</th><th role="columnheader" scope="col">What</th>
<th role="columnheader" scope="col" class="c-where">Where</th><th role="columnheader" scope="col" class="c-time">Time<div class="axis">${axis.join('')}</div></th>
</tr></thead>
<tbody role="rowgroup">
${rows.join('')}</tbody>
</table>
`
}

function printFilter(judged: readonly Judged[]): string {
  const counts = countEach(judged)
  const boxes = LEVELS.toReversed()
    .filter((level) => counts[level] > 0)
    .map((level) => `<label><input type="checkbox" id="show-${level}" checked>${level} (${counts[level]})</label>`)
  return `<fieldset><legend>Show</legend>${boxes.join('')}</fieldset>`
}

function rowOf(judged: Judged, at: Date, { pages }: HtmlManner): string {
  const { level, kind, rule, name, message, environment, place, owners } = judged
  const where = [
    place === null ? '' : placeOf(place, pages),
    escapeHtml(environment ?? ''),
    ...owners.slice(0, 50).map(escapeHtml),
  ]
  const time = [saySpan(judged), sayWhen(judged, at)].filter(Boolean).map(escapeHtml).join('<br>')
  return `<tr role="row" class="${level}">
<td role="cell"><span class="level">${level}</span></td>
<th role="rowheader" scope="row"><span class="name"><bdi>${escapeHtml(name)}</bdi></span> <span class="soft">${kind}</span>
<div>${escapeHtml(message)} <code class="soft">${escapeHtml(rule)}</code></div>${whyOf(judged)}</th>
<td role="cell">${where
    .filter(Boolean)
    .map((one) => `<div><bdi>${one}</bdi></div>`)
    .join('')}</td>
<td role="cell">${drawLife(judged, at)}<div class="soft">${time}</div></td>
</tr>
`
}

function whyOf({ level, advice, reasons }: Judged): string {
  const step = level === 'ok' || advice === '' ? '' : `<div>To do: ${escapeHtml(advice)}</div>`
  if (reasons.length === 0) return step
  const items = reasons.slice(0, 50).map((reason) => `<li>${escapeHtml(reason)}</li>`)
  return `${step}<details><summary>Why</summary><ul>${items.join('')}</ul></details>`
}

function placeOf({ file, line }: SubjectPlace, pages: SourcePages | null): string {
  const words = `<code>${escapeHtml(line === undefined ? file : `${file}:${line}`)}</code>`
  if (!pages?.repository.startsWith('https://') || !/^[0-9a-f]{40,64}$/.test(pages.commit)) return words
  const anchor = line === undefined ? '' : `?plain=1#L${line}`
  return `<a href="${escapeHtml(`${pages.repository}/blob/${pages.commit}/${encodePath(file)}${anchor}`)}">${words}</a>`
}

function printNotes(notes: readonly CheckNote[], { pages }: HtmlManner): string {
  if (notes.length === 0) return ''
  const items = notes.map(({ message, place, hint }) => {
    const where = place === undefined ? '' : `${placeOf(place, pages)}: `
    return `<li>${where}${escapeHtml(message)}${hint === undefined ? '' : `<div class="soft">${escapeHtml(hint)}</div>`}</li>\n`
  })
  return `<h2>Not looked at whole</h2>\n<ul>\n${items.join('')}</ul>\n`
}
