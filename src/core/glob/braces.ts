const MAX_ALTERNATIVES = 64
const PARTS = /\[[!^]?\]?[^\]]*\]|[{},]/g

/** A group of a glob: `before{choice,choice}after`. */
interface Group {
  readonly before: string
  readonly choices: readonly string[]
  readonly after: string
}

/**
 * Writes out the `{a,b}` groups of a glob: `a{b,c}d` is `abd` and `acd`. Groups nest, and a brace in brackets is itself.
 *
 * @returns the alternatives, or why there are none as a text (see `GlobFault`)
 */
export function expandBraces(glob: string): readonly string[] | string {
  const open: string[] = [glob]
  const done: string[] = []
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const group = findGroup(text)
    if (typeof group === 'string') return group
    if (group === null) done.push(text)
    else open.push(...group.choices.map((choice) => group.before + choice + group.after))
    if (open.length + done.length > MAX_ALTERNATIVES) return `has more than ${MAX_ALTERNATIVES} alternatives`
  }
  return done
}

/** The first group that is within no other. */
function findGroup(text: string): Group | string | null {
  const cuts: number[] = []
  let depth = 0
  for (const { index, 0: part } of text.matchAll(PARTS)) {
    if (part === '{') {
      depth += 1
      if (depth === 1) cuts.push(index)
    } else if (part === ',' && depth === 1) {
      cuts.push(index)
    } else if (part === '}') {
      depth -= 1
      if (depth < 0) return 'has a } without its {'
      if (depth === 0) return cutAt(text, [...cuts, index])
    }
  }
  return depth === 0 ? null : 'has a { without its }'
}

function cutAt(text: string, cuts: readonly number[]): Group | string {
  const choices = cuts.slice(1).map((end, index) => text.slice(cuts[index]! + 1, end))
  const before = text.slice(0, cuts[0])
  const after = text.slice(cuts.at(-1)! + 1)
  if (choices.length < 2) return 'has braces with one choice: write {a,b}, or [{]a[}] for braces'
  // Two stars that meet where a group was would turn `*{,x}*`, which stays within a folder, into `**`, which does not.
  if (choices.some((choice) => joinsStars(before, choice + after) || joinsStars(choice, after)))
    return 'has stars that meet at a brace'
  return { before, choices, after }
}

function joinsStars(left: string, right: string): boolean {
  return left.endsWith('*') && right.startsWith('*')
}
