import type { Document, DotenvLine } from '../../src/core/dotenv/document.ts'

/** Numbers that look random and come again with their seed. */
export function makeRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

type Random = ReturnType<typeof makeRandom>

const NAMES = Array.from({ length: 20 }, (_, index) => `NAME_${String.fromCharCode(65 + index)}`)
const VALUES = ['1', '2', 'with space', '', "it's", 'two\nlines', 'tail ', '#hash', '\\n', 'ünïcode']

/** A document of up to fourteen variables, with comments (each another one) and blank lines between. */
export function randomDocument(random: Random): Document {
  const names = shuffled(NAMES, random).slice(0, random(15))
  return names.flatMap((name, at): DotenvLine[] => [
    ...(random(4) === 0 ? [{ kind: 'blank' } as const] : []),
    ...(random(3) === 0 ? [{ kind: 'comment', text: ` about ${name} ${at}` } as const] : []),
    { kind: 'entry', name, value: pick(VALUES, random) },
  ])
}

/** A few edits as people make them: values, additions, removals, moves, comments. */
export function randomEdits(document: Document, random: Random, author: string): Document {
  let edited = [...document]
  for (let count = random(7); count > 0; count -= 1) edited = edit(edited, random, author)
  return edited
}

function edit(lines: DotenvLine[], random: Random, author: string): DotenvLine[] {
  const at = random(lines.length + 1)
  const line = lines[at]
  switch (random(6)) {
    case 0:
    case 1: {
      const entry = lines.findIndex((one, index) => index >= at && one.kind === 'entry')
      return entry < 0 ? lines : lines.with(entry, changed(lines[entry]!, pick(VALUES, random)))
    }
    case 2: {
      const free = NAMES.filter((name) => !lines.some((one) => one.kind === 'entry' && one.name === name))
      if (free.length === 0) return lines
      return lines.toSpliced(at, 0, { kind: 'entry', name: pick(free, random), value: pick(VALUES, random) })
    }
    case 3:
      return line === undefined ? lines : lines.toSpliced(at, 1)
    case 4: {
      if (line === undefined) return lines
      const rest = lines.toSpliced(at, 1)
      return rest.toSpliced(random(rest.length + 1), 0, line)
    }
    default:
      return lines.toSpliced(at, 0, { kind: 'comment', text: ` by ${author} ${random(1000)}` })
  }
}

function changed(line: DotenvLine, value: string): DotenvLine {
  return line.kind === 'entry' ? { ...line, value } : line
}

function pick<T>(all: readonly T[], random: Random): T {
  return all[random(all.length)]!
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
  const left = [...all]
  return all.map(() => left.splice(random(left.length), 1)[0]!)
}
