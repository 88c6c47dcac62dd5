import type { MarkerPlace } from './comment.ts'

/** What a comment of another tool is about. */
export interface Covers {
  readonly marker: string
  readonly place: MarkerPlace
  readonly from: number
  readonly to: number
}

/** The comments of another tool, which count as they do there. */
export interface ForeignMarker {
  /** What all of them begin with. */
  readonly needle: string
  /** @param places of the needle, from the front to the back */
  read(places: readonly MarkerPlace[]): Covers[]
}

/**
 * Comments that people have in their code already. Those that name rules (`noqa: S105`, `nosec`) are left out: they are about lint, and
 * mean other things too.
 */
export const FOREIGN_MARKERS: readonly ForeignMarker[] = [
  sameLine('gitleaks:allow'),
  sameLine('betterleaks:allow'),
  sameLine('trufflehog:ignore'),
  { needle: 'pragma:', read: (places) => places.flatMap(readPragma) },
  { needle: 'secretlint-', read: readSecretlint },
]

function sameLine(needle: string): ForeignMarker {
  return {
    needle,
    read: (places) =>
      places
        .filter(({ behind }) => !/^[\w-]/.test(behind))
        .map((place) => ({ marker: needle, place, from: place.line, to: place.line })),
  }
}

/** detect-secrets: `pragma: allowlist secret`, with its older word, and `nextline`. */
function readPragma(place: MarkerPlace): Covers[] {
  const [all, next] = /^ ?(?:allowlist|whitelist)[ -](nextline[ -])?secret(?![\w-])/.exec(place.behind) ?? []
  if (all === undefined) return []
  const line = place.line + (next === undefined ? 0 : 1)
  return [{ marker: `pragma:${all}`, place, from: line, to: line }]
}

/**
 * secretlint: a line, the next line, or from `disable` to `enable` or the end. A block for rules of secretlint by name is left out,
 * because its names are not ours; a single line that somebody marked is taken for looked at.
 */
function readSecretlint(places: readonly MarkerPlace[]): Covers[] {
  const covers: Covers[] = []
  let open: MarkerPlace | null = null
  for (const place of places) {
    const verb = /^(disable-next-line|disable-line|disable|enable)(?![\w-])/.exec(place.behind)?.[1]
    if (verb === 'disable-line' || verb === 'disable-next-line') {
      const line = place.line + (verb === 'disable-line' ? 0 : 1)
      covers.push({ marker: `secretlint-${verb}`, place, from: line, to: line })
    }
    if (verb === 'disable' && !place.behind.includes('@')) open ??= place
    if (verb === 'enable' && open !== null) {
      covers.push(block(open, place.line))
      open = null
    }
  }
  return open === null ? covers : [...covers, block(open, open.lastLine)]
}

function block(place: MarkerPlace, to: number): Covers {
  return { marker: 'secretlint-disable', place, from: place.line, to }
}
