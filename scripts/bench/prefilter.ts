import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { compilePrefilter, type Literal } from '../../src/core/scan/engine/prefilter.ts'

const TREE_BYTES = 60_000_000
const ROUNDS = 3

/** Prints what the prefilter costs to make and to run over a tree, beside an Aho-Corasick automaton for the same literals. */
export function benchPrefilter(literals: readonly Literal[], tree = 'node_modules'): void {
  const texts = readTree(tree)
  const size = texts.reduce((sum, { length }) => sum + length, 0)
  console.log(`\n${literals.length} literals, ${texts.length} files, ${(size / 1e6).toFixed(1)} MB`)
  measure('table of three bytes', texts, () => {
    const filter = compilePrefilter(literals)
    return (bytes) => filter.search(bytes).offsets.length
  })
  measure('Aho-Corasick', texts, () => automaton(literals))
}

type Search = (bytes: Uint8Array) => number

function measure(name: string, texts: readonly Uint8Array[], make: () => Search): void {
  const begin = performance.now()
  const search = make()
  const made = performance.now()
  for (const text of texts.slice(0, 10)) search(text.subarray(0, 10_000))
  const first = performance.now()
  const seconds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    for (const text of texts) search(text)
    return (performance.now() - start) / 1000
  })
  const megabytes = texts.reduce((sum, { length }) => sum + length, 0) / 1e6
  const rate = (megabytes / Math.min(...seconds)).toFixed(0)
  console.log(
    `${name}: made in ${(made - begin).toFixed(2)} ms, first 10 files of 10 KB ${(first - made).toFixed(2)} ms, ${rate} MB/s`,
  )
}

function readTree(folder: string): Uint8Array[] {
  const texts: Uint8Array[] = []
  let left = TREE_BYTES
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.(?:[cm]?[jt]s|json|md|map)$/.test(entry.name) || left <= 0) continue
    const text = readFileSync(join(entry.parentPath, entry.name))
    left -= text.length
    texts.push(text)
  }
  return texts
}

/** Dense: a row of next states for each state, over classes of bytes. Counts candidates, in any letter case. */
function automaton(literals: readonly Literal[]): Search {
  const words = literals.map(({ literal }) => literal.toLowerCase())
  const classes = new Uint8Array(256)
  const letters = [...new Set(words.join(''))]
  for (const [index, letter] of letters.entries()) {
    classes[letter.charCodeAt(0)] = index + 1
    classes[letter.toUpperCase().charCodeAt(0)] = index + 1
  }
  const width = letters.length + 1
  const { goto, final } = trie(words, classes, width)
  link(goto, final, width)
  return (bytes) => {
    let state = 0
    let count = 0
    for (let at = 0; at < bytes.length; at += 1) {
      state = goto[state * width + classes[bytes[at]!]!]!
      count += final[state]!
    }
    return count
  }
}

function trie(words: readonly string[], classes: Uint8Array, width: number): { goto: Uint16Array; final: Uint8Array } {
  const most = words.reduce((sum, word) => sum + word.length, 1)
  const goto = new Uint16Array(most * width)
  const final = new Uint8Array(most)
  let states = 1
  for (const word of words) {
    let state = 0
    for (let at = 0; at < word.length; at += 1) {
      const edge = state * width + classes[word.charCodeAt(at)]!
      if (goto[edge] === 0) goto[edge] = states++
      state = goto[edge]!
    }
    final[state] = 1
  }
  return { goto, final }
}

/** Breadth first: an edge that is missing goes where it would from the longest proper end of the state's word. */
function link(goto: Uint16Array, final: Uint8Array, width: number): void {
  const fail = new Uint16Array(final.length)
  const queue = [...goto.subarray(0, width)].filter((state) => state !== 0)
  for (let at = 0; at < queue.length; at += 1) {
    const state = queue[at]!
    const back = fail[state]!
    final[state]! |= final[back]!
    for (let letter = 0; letter < width; letter += 1) {
      const edge = state * width + letter
      const fallback = goto[back * width + letter]!
      if (goto[edge] === 0) goto[edge] = fallback
      else {
        fail[goto[edge]!] = fallback
        queue.push(goto[edge]!)
      }
    }
  }
}
