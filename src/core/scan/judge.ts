import { shellWord } from '../report/shell-word.ts'
import { OWN_SECRET } from './own/words.ts'
import type { Blob, Hit, ScanRule } from './rule.ts'
import { RULES } from './rules.ts'
import { visibleText } from './visible-text.ts'

/** A file's name and content, as they would be committed. */
export interface JudgedFile {
  /** From the top of the repository, with '/' separators. */
  readonly path: string
  readonly bytes: Uint8Array
  readonly link?: boolean
  /** What findings call it, where that is not its path: a file in an archive, for which no command can be typed. */
  readonly shown?: string
  /** Whether a commit is about to publish it: then a fix may take it out of the index. */
  readonly staged?: boolean
  /** Where the person stands, `sub/` or '' for the top, so that a fix can be typed there. */
  readonly prefix?: string
}

/**
 * Judges one file by rules, all of them unless others are named. Looks at the content as it is stored: encoding, attributes and filters change nothing.
 *
 * @returns all hits by line; none when the file is clean. Never throws on a file's content.
 */
export async function judgeBlob(file: JudgedFile, rules: readonly ScanRule[] = RULES): Promise<Hit[]> {
  const blob: Blob = {
    path: file.path,
    typed: file.shown === undefined ? shellWord(relativePath(file.path, file.prefix ?? '')) : '',
    link: file.link ?? false,
    staged: file.staged ?? false,
    bytes: file.bytes,
    text: visibleText(file.bytes),
  }
  const hits = await Promise.all(rules.map((rule) => rule.judge(blob)))
  return hits
    .flat()
    .map((hit) => (file.shown === undefined ? hit : inArchive(hit, file.shown)))
    .sort((one, other) => (one.finding.line ?? 0) - (other.finding.line ?? 0))
}

/** The rules that are our own know a command for a file that has a path. */
function inArchive(hit: Hit, file: string): Hit {
  const fix = isOurs(hit) ? { fix: 'take it out of the archive' } : {}
  return { ...hit, finding: { ...hit.finding, file, ...fix } }
}

/** Of what several rules say of one line of a file, for people: that of the rule which knows best what the line is. */
export function onePerLine(hits: readonly Hit[]): Hit[] {
  const best = new Set(hits.filter(knowsBest).map(placeOf))
  return hits.filter((hit) => knowsBest(hit) || !best.has(placeOf(hit)))
}

function placeOf({ finding: { file, line } }: Hit): string {
  return `${line} ${file}`
}

/** Whoever knows whose value it is knows more than its shape says. */
function knowsBest(hit: Hit): boolean {
  return isOurs(hit) || hit.finding.rule === OWN_SECRET
}

/** What the scanner's engine finds has a confidence; the other rules are sure. */
function isOurs({ finding }: Hit): boolean {
  return finding.confidence === undefined
}

/** `a/.env` seen from `a/b/` is `../.env`. */
function relativePath(path: string, prefix: string): string {
  const from = prefix.split('/').slice(0, -1)
  const to = path.split('/')
  let shared = 0
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')
}
