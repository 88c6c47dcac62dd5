import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inCI } from '../peers.ts'
import { isHere } from './hostile/case.ts'
import { BOUNDS, VALUES } from './hostile/families/bounds.ts'
import { BYTES } from './hostile/families/bytes.ts'
import { CONFIGURATIONS } from './hostile/families/configurations.ts'
import { EXPORT_FILES } from './hostile/families/export-files.ts'
import { INJECTIONS } from './hostile/families/injections.ts'
import { INPUTS } from './hostile/families/inputs.ts'
import { METADATA } from './hostile/families/metadata.ts'
import { NAMES } from './hostile/families/names.ts'
import { PLACES } from './hostile/families/places.ts'
import { KEYS, STRAYS } from './hostile/families/secrets.ts'
import { SIGNATURES } from './hostile/families/signatures.ts'
import { TAMPERING } from './hostile/families/tampering.ts'
import { type Ground, openGround } from './hostile/ground.ts'
import { judge } from './hostile/verdict.ts'

const FAMILIES = [
  ...[INJECTIONS, METADATA, NAMES, BOUNDS, VALUES, KEYS, STRAYS, TAMPERING, BYTES],
  ...[PLACES, EXPORT_FILES, CONFIGURATIONS, INPUTS, SIGNATURES],
]

/** Each case starts the Action, which takes a moment: CI runs all of them, and everybody else one in so many of each family. */
const STRIDE = inCI ? 1 : 25

describe.each(FAMILIES)('$title', ({ cases, apart = false }) => {
  const chosen = cases.filter(isHere).filter((_, index) => index % STRIDE === 0)
  const grounds: Ground[] = []
  beforeAll(async () => {
    if (!apart) grounds.push(await openGround(chosen))
  })
  afterAll(() => Promise.all(grounds.map(({ job }) => job.remove())))

  for (const hostile of chosen)
    it(`${hostile.name}: ${hostile.expected}`, async () => {
      if (apart) grounds.push(await openGround([hostile]))
      const ground = grounds.at(-1)!
      await judge(hostile, await ground.attack(hostile), ground)
    })
})

it('there are more than 200 hostile files, no two with the same name', () => {
  const names = FAMILIES.flatMap(({ title, cases }) => cases.map(({ name }) => `${title} ${name}`))
  expect(names.length).toBeGreaterThan(200)
  expect(new Set(names).size).toBe(names.length)
})
