import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bySequence } from '../../../../src/core/ledger/chain.ts'
import {
  CHECKPOINT_NAMESPACE,
  checkpointPath,
  checkpointText,
  headOfCheckpoint,
  printCheckpoint,
  readCheckpoint,
} from '../../../../src/core/ledger/tree/checkpoint.ts'
import { EMPTY_TREE, grow, rootOf } from '../../../../src/core/ledger/tree/merkle.ts'
import { extentsOf } from '../../../../src/core/ledger/tree/sweep.ts'
import { signMessage } from '../../../../src/core/signature/sign.ts'
import { verifySignature } from '../../../../src/core/signature/verify.ts'
import { refusal } from '../../dotenv/reading.ts'
import { allowed, newKey } from '../../signature/keys.ts'
import { branchedLedger, type Made } from '../make-ledger.ts'

const EXTENT = { size: 12, root: 'ab'.repeat(32), first: 'cd'.repeat(32) }
const key = newKey('ed25519')

function signed(): string {
  const text = checkpointText(EXTENT)
  return printCheckpoint(text, signMessage({ message: Buffer.from(text), namespace: CHECKPOINT_NAMESPACE, key }))
}

describe('a checkpoint', () => {
  it('is the three lines of C2SP and one line of a signature', () => {
    const root = Buffer.from(EXTENT.root, 'hex').toString('base64')
    expect(signed()).toMatch(
      /^sealward-ledger\/(?:cd){8}\n12\n[^\n]+=\n\n\u2014 sealward-ledger\/(?:cd){8} [A-Za-z0-9+/=]+\n$/,
    )
    expect(signed().split('\n')[2]).toBe(root)
  })

  it('is read as it was made, with a signature that is good', () => {
    const { origin, size, root, text, armored } = readCheckpoint(signed())
    expect({ origin, size, root }).toEqual({ origin: `sealward-ledger/${'cd'.repeat(8)}`, size: 12, root: EXTENT.root })
    const request = { message: Buffer.from(text), armored, namespace: CHECKPOINT_NAMESPACE, now: new Date() }
    expect(verifySignature({ ...request, allowed: [allowed(key)] }).kind).toBe('good')
    expect(verifySignature({ ...request, allowed: [] }).kind).toBe('not-allowed')
  })

  it('with any character changed is malformed, or its signature is bad', () => {
    const note = signed()
    fc.assert(
      fc.property(fc.nat(note.length - 1), fc.constantFrom('A', '0', '\n', ' ', '='), (at, character) => {
        fc.pre(note[at] !== character)
        const verdict = judge(note.slice(0, at) + character + note.slice(at + 1))
        expect(['malformed', 'bad']).toContain(verdict)
      }),
      { numRuns: 500 },
    )
  })

  it('is found by the entry that it ends with, and no other file is taken for one', () => {
    const head = 'ef'.repeat(32)
    expect([checkpointPath(head), `${head}.note`].map(headOfCheckpoint)).toEqual([head, head])
    const others = [
      `${head}.txt`,
      `x${head}.note`,
      `${head.slice(1)}.note`,
      `${head.toUpperCase()}.note`,
      'README.md',
      '',
    ]
    expect(others.map(headOfCheckpoint)).toEqual(others.map(() => null))
  })

  it.each([
    ['nothing', ''],
    ['no signature', checkpointText(EXTENT)],
    ['a second signature', `${signed()}${signed().split('\n').at(-2)}\n`],
    ['an extension line', signed().replace('\n\n', '\nmore\n\n')],
    ['a size that begins with 0', signed().replace('\n12\n', '\n012\n')],
  ])('is none with %s', (_, note) => {
    expect(refusal(() => readCheckpoint(note)).code).toBe('malformed')
  })
})

describe('what is up to an entry', () => {
  it('is everything it leads to and nothing else, in branches too, however the lines stand', () => {
    const choice = fc.oneof(fc.nat(3), fc.constant('join' as const))
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 25 }), (choices) => {
        const made = branchedLedger([0, ...choices])
        const extents = extentsOf(new Set(made.entries.map(({ id }) => id)), made.entries.toSorted(bySequence), null)
        for (const { id } of made.entries) expect(extents.get(id)).toEqual(slowly(id, made))
      }),
    )
  })
})

it('nothing is up to an entry that is not there, or to one in a branch that goes back into what was archived', () => {
  const { entries } = branchedLedger([0, 0, 1, 'join'])
  const first = entries[0]!
  expect(extentsOf(new Set(['not there']), [], null)).toEqual(new Map())
  const before = { tree: grow(EMPTY_TREE, [first.id]), first: first.id, last: first.id }
  const [wanted, kept] = [new Set(entries.slice(1).map(({ id }) => id)), entries.slice(1).sort(bySequence)]
  const within = extentsOf(wanted, kept, before)
  const whole = extentsOf(wanted, entries.toSorted(bySequence), null)
  // The first branch has everything before it that is at hand; the second one would need the archive.
  expect(kept.map(({ id }) => [within.has(id), whole.has(id)])).toEqual([true, false, true].map((has) => [has, true]))
  expect(within.get(entries.at(-1)!.id)).toEqual(whole.get(entries.at(-1)!.id))
})

function slowly(id: string, { entries }: Made) {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const past = new Set<string>()
  const visit = (at: string): void => {
    if (past.has(at)) return
    past.add(at)
    byId.get(at)!.parents.forEach(visit)
  }
  visit(id)
  const ids = entries
    .filter((entry) => past.has(entry.id))
    .sort(bySequence)
    .map((entry) => entry.id)
  return { size: ids.length, root: rootOf(grow(EMPTY_TREE, ids)), first: ids[0]! }
}

function judge(note: string): string {
  try {
    const { text, armored } = readCheckpoint(note)
    const message = Buffer.from(text)
    return verifySignature({
      message,
      armored,
      namespace: CHECKPOINT_NAMESPACE,
      now: new Date(),
      allowed: [allowed(key)],
    }).kind
  } catch (error) {
    return (error as { readonly code: string }).code
  }
}
