import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Document } from '../../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../../src/core/dotenv/parse.ts'
import { printDotenv } from '../../../../src/core/dotenv/print.ts'
import { valuesOf } from '../../../../src/core/envelope/changes.ts'
import { printEncryptedFile } from '../../../../src/core/envelope/file.ts'
import { rewrap } from '../../../../src/core/envelope/keys/rewrap.ts'
import type { ThreeWay } from '../../../../src/core/merge/three-way.ts'
import { mergeVersions } from '../../../../src/tasks/steps/merge/merge.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { runProgram, temporaryFolder } from '../../../support/git-repository.ts'
import { makeRandom, randomDocument, randomEdits } from '../../../support/random-edits.ts'
import { type Member, newMember, open, seal } from '../../../support/sealing.ts'

const full = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const MERGES = full ? 1000 : 100
const SEED = Number(process.env.SEALWARD_SEED ?? 20_261)

/** By hand, for comparison: values by name, null for a conflict. */
function valuesByHand({ base, ours, theirs }: ThreeWay<Document>): Map<string, string> | string[] {
  const [b, o, t] = [base, ours, theirs].map(valuesOf) as [
    Map<string, string>,
    Map<string, string>,
    Map<string, string>,
  ]
  const merged = new Map<string, string>()
  const conflicts: string[] = []
  for (const name of new Set([...b.keys(), ...o.keys(), ...t.keys()])) {
    const [was, mine, other] = [b.get(name), o.get(name), t.get(name)]
    if (mine !== other && mine !== was && other !== was) conflicts.push(name)
    const value = mine === was ? other : mine
    if (value !== undefined) merged.set(name, value)
  }
  return conflicts.length > 0 ? conflicts.sort() : merged
}

/**
 * What git makes of the plaintexts; null where it has a conflict, or a text that is no .env, or brings a variable back that one side moved
 * and the other took away: for git, both took a line away.
 */
function mergedByGit(folder: string, documents: ThreeWay<Document>, names: Iterable<string>): string | null {
  for (const [name, document] of Object.entries(documents)) writeFileSync(join(folder, name), printDotenv(document))
  const { status, stdout } = runProgram('git', ['merge-file', '-p', 'ours', 'base', 'theirs'], { cwd: folder })
  if (status !== 0) return null
  try {
    const document = parseDotenv(stdout)
    return [...valuesOf(document).keys()].sort().join() === [...names].sort().join() ? printDotenv(document) : null
  } catch {
    return null
  }
}

/** Who a side leaves in the file, by a draw: mostly all, now and then fewer or more. */
function recipientsOf(draw: number, [alice, bob, carol]: readonly Member[]): Member[] | null {
  if (draw === 0) return [alice!]
  if (draw === 1) return [alice!, bob!, carol!]
  return draw === 2 ? [alice!, carol!] : null
}

it(`${MERGES} random merges are what merging the plaintexts gives (seed ${SEED})`, async () => {
  const folder = temporaryFolder()
  const members = [await newMember(), await newMember(), await newMember()]
  const [alice, bob] = members as [Member, Member, Member]
  const policy = `recipients:\n${members.map(({ recipient }, at) => `  m${at}: ${recipient.text}\n`).join('')}files:\n  - path: .env.encrypted\n    recipients: [m0, m1, m2]\n`
  const counts = { clean: 0, conflict: 0, likeGit: 0, sameOrder: 0 }
  const later = new Date('2026-02-02T00:00:00Z')
  for (let index = 0; index < MERGES; index += 1) {
    const random = makeRandom(SEED * 10_000 + index)
    const base = randomDocument(random)
    const documents = { base, ours: randomEdits(base, random, 'ours'), theirs: randomEdits(base, random, 'theirs') }
    const sealed = await seal(base, [alice, bob])
    const opened = await open(sealed, alice.identity)
    const sideOf = async (document: Document, who: Member[] | null) => {
      const change = { recipients: who?.map(({ recipient }) => recipient) ?? null, now: later }
      const { file } = await rewrap(opened, document, change)
      return file === null ? sealed : printEncryptedFile(file)
    }
    const who = { ours: recipientsOf(random(12), members), theirs: recipientsOf(random(12), members) }
    const versions = {
      base: sealed,
      ours: await sideOf(documents.ours, who.ours),
      theirs: await sideOf(documents.theirs, who.theirs),
    }
    const world = memoryWorld({ 'sealward.yml': policy }, alice.identity)
    const outcome = await mergeVersions({ versions, path: '.env.encrypted', ancestor: false, attended: true }, world)
    const expected = valuesByHand(documents)
    const label = `merge ${index}`
    if (Array.isArray(expected)) {
      counts.conflict += 1
      expect(outcome.kind === 'conflict' ? [...outcome.names].sort() : outcome, label).toEqual(expected)
      continue
    }
    counts.clean += 1
    if (outcome.kind !== 'merged') throw new Error(`${label}: ${JSON.stringify(outcome)}`)
    const merged = await open(outcome.bytes, alice.identity)
    expect(Object.fromEntries(valuesOf(merged.document)), label).toEqual(Object.fromEntries(expected))
    const byGit = mergedByGit(folder, documents, expected.keys())
    if (byGit !== null) {
      counts.likeGit += 1
      const text = printDotenv(merged.document)
      if (text === byGit) counts.sameOrder += 1
      expect(text.split('\n').sort(), label).toEqual(byGit.split('\n').sort())
    }
    // Whoever one side took away is not back, and does not know the data key.
    const names = merged.file.metadata.wrappedKeys.map(({ recipient }) => recipient)
    const [mine, others] = [who.ours ?? [alice, bob], who.theirs ?? [alice, bob]]
    const stays = (member: Member) =>
      member === alice || member === bob
        ? mine.includes(member) && others.includes(member)
        : mine.includes(member) || others.includes(member)
    expect(names.toSorted(), label).toEqual(
      members
        .filter(stays)
        .map(({ recipient }) => recipient.text)
        .toSorted(),
    )
    if (!stays(bob)) expect(Buffer.from(merged.dataKey).equals(opened.dataKey), label).toBe(false)
  }
  expect(counts.clean).toBeGreaterThan(MERGES / 4)
  expect(counts.conflict).toBeGreaterThan(MERGES / 25)
  expect(counts.likeGit).toBeGreaterThan(MERGES / 20)
  // Of two lines that change places, either can be the one that moved: git sees it the other way once in some hundred merges.
  expect(counts.sameOrder).toBeGreaterThan(counts.likeGit * 0.97)
  if (process.env.SEALWARD_TELL === '1') process.stdout.write(`${JSON.stringify(counts)}\n`)
})
