import type { Detection } from '../detection.ts'
import { isCiphertext } from '../engine/ciphertext.ts'
import { arrange, type DetectResult, look, type Seen, sight } from '../engine/engine.ts'
import { besides, withoutOverlaps } from '../engine/overlap.ts'
import type { RuleSet } from '../engine/rule-set.ts'
import { ScanText } from '../engine/scan-text.ts'
import type { FileTraits } from '../generic/file-traits.ts'
import { Budget } from './budget.ts'
import { decodeEscapes } from './escapes.ts'
import { gunzip } from './gzip.ts'
import type { EncodedPiece } from './piece.ts'
import { isMostlyPrintable } from './printable.ts'
import { findRuns, type Run } from './runs.ts'

const MAX_DEPTH = 2

/**
 * `detect`, and then once more on what is encoded in the text: base64, hexadecimal, escapes, gzip in base64, one in another. What is
 * found there is reported at the encoded place. How much is decoded is bounded (budget.ts).
 *
 * Asynchronous because rules are loaded when their shape is met, and node:zlib when there is something to unpack.
 */
export async function detectDeep(text: ScanText, file: FileTraits, rules: RuleSet): Promise<DetectResult> {
  const seen = await lookAt(text, file, rules)
  const budget = new Budget(text.length)
  const task: Task = { file, rules: forDecoded(rules), budget, depth: 1 }
  const hidden = withoutOverlaps(await searchEncoded(text, seen.escapes, task))
  return arrange({ ...seen, complete: seen.complete && budget.complete }, hidden)
}

async function lookAt(text: ScanText, file: FileTraits, rules: RuleSet): Promise<Seen> {
  const sighting = sight(text, rules)
  await rules.tokens.load(sighting.tokens.keys())
  return look(text, file, rules, sighting)
}

interface Task {
  readonly file: FileTraits
  readonly rules: RuleSet
  readonly budget: Budget
  readonly depth: number
}

/** A name before a value and the syntax round it mean little in decoded text: what is guessed from them does not count. */
function forDecoded(rules: RuleSet): RuleSet {
  const finders = rules.finders.map((finder) => ({
    ...finder,
    find: (...given: Parameters<typeof finder.find>) =>
      finder.find(...given).filter(({ rule }) => finder.inDecoded(rule)),
  }))
  return { ...rules, finders }
}

async function searchEncoded(text: ScanText, escapes: readonly number[], task: Task): Promise<Detection[]> {
  const found: Detection[] = []
  for await (const piece of piecesOf(text, escapes, task.budget)) {
    if (!task.budget.take(piece)) return found
    const inPiece = await searchPiece(piece, task)
    // The header of an age file is text with base64 in it, drawn at random like all the rest.
    if (inPiece.length > 0 && !isCiphertext(text, piece)) found.push(...inPiece)
  }
  return found
}

async function* piecesOf(text: ScanText, escapes: readonly number[], budget: Budget): AsyncGenerator<EncodedPiece> {
  for (const run of findRuns(text.bytes)) {
    const piece = run.reading === 'gzip in base64' ? await unpack(run, budget) : decode(run, budget.bytes)
    if (piece !== null && isMostlyPrintable(piece.bytes)) yield piece
  }
  for (const piece of decodeEscapes(text, escapes)) if (isMostlyPrintable(piece.bytes)) yield piece
}

function decode({ start, end, reading, characters }: Run, most: number): EncodedPiece {
  const wanted = reading === 'hexadecimal' ? most * 2 : Math.floor(most / 3) * 4
  const bytes = Buffer.from(characters.slice(0, wanted), reading === 'hexadecimal' ? 'hex' : 'base64')
  return { start, end, encoding: reading, bytes, whole: characters.length <= wanted }
}

async function unpack(run: Run, budget: Budget): Promise<EncodedPiece | null> {
  if (!budget.mayUnpack()) return null
  const packed = decode(run, budget.bytes)
  const bytes = await gunzip(packed.bytes, budget.half)
  if (bytes === 'too large') budget.lose(budget.half)
  return bytes === 'too large' || bytes === null ? null : { ...packed, bytes }
}

async function searchPiece({ start, end, encoding, bytes }: EncodedPiece, task: Task): Promise<Detection[]> {
  const text = new ScanText(bytes)
  const { detections, escapes } = arrange(await lookAt(text, task.file, task.rules), [])
  const deeper = task.depth < MAX_DEPTH ? await searchEncoded(text, escapes, { ...task, depth: task.depth + 1 }) : []
  return [...detections, ...besides(detections, withoutOverlaps(deeper))].map((detection) => ({
    ...detection,
    start,
    end,
    shown: 0,
    reasons: [...detection.reasons, `decoded from ${encoding}`],
  }))
}
