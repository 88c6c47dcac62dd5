import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openArchives } from '../../../../src/adapters/archives/archives.ts'
import { openFileReader } from '../../../../src/adapters/files/sources/reader.ts'
import { RULES } from '../../../../src/core/scan/rules.ts'
import { lookAt } from '../../../../src/tasks/steps/scan/look.ts'
import { openingArchives } from '../../../../src/tasks/steps/scan/opened-reader.ts'
import type { PlaceReader, ScanPlace } from '../../../../src/tasks/world/scan/source.ts'
import { temporaryFolder } from '../../../support/git-repository.ts'
import { makeZip } from '../../../support/make-zip.ts'
import { collect, readAll } from '../../../support/scan-steps.ts'

const place = (path: string): ScanPlace => ({ kind: 'place', path })

/** Reads 200 bytes of a text, and 4000 of an archive. */
function openReader(files: Readonly<Record<string, string | Uint8Array>>): PlaceReader {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return openingArchives(openFileReader(folder, 200), {
    archives: openArchives(),
    whole: openFileReader(folder, 4000),
  })
}

describe('a reader that opens archives', () => {
  it('answers with the files in them, between other files', async () => {
    const zip = makeZip([{ name: 'in/.env', content: 'A=b' }])
    expect(await readAll(openReader({ a: 'text', 'b.jar': zip, c: 'text' }), ['a', 'b.jar', 'c'].map(place))).toEqual([
      { path: 'a', text: 'text', size: 4 },
      { path: 'b.jar!in/.env', text: 'A=b', size: 3 },
      { path: 'c', text: 'text', size: 4 },
    ])
  })

  it('reads more of an archive than of a text, up to a bound; a larger one is given packed', async () => {
    const [some, many] = [1000, 5000].map((size) => makeZip([{ name: 'x', content: randomBytes(size) }]))
    const answers = await readAll(openReader({ some: some!, many: many! }), ['some', 'many'].map(place))
    expect(answers.map(({ path, why }) => [path, why])).toEqual([
      ['some!x', undefined],
      ['many', 'an archive that is too large to be opened'],
      ['many', undefined],
    ])
  })

  it('gives one that cannot be opened as it is, and says why', async () => {
    const zip = makeZip([{ name: 'x', content: 'password', stored: true }]).subarray(0, 60)
    const answers = await readAll(openReader({ 'x.zip': zip }), [place('x.zip')])
    expect(answers.map(({ path, why }) => [path, why])).toEqual([
      ['x.zip', 'a zip that is damaged or cut off'],
      ['x.zip', undefined],
    ])
  })

  it('has the archive looked at again, once, when there is something in its files, by their own names', async () => {
    const secret = `PASSWORD=${randomBytes(12).toString('hex')}\n`
    const reader = openReader({
      'x.zip': makeZip([
        { name: '.env', content: secret },
        { name: 'b/.env', content: secret },
      ]),
      'y.env.gz': gzipSync(secret),
      'z.zip': makeZip([{ name: 'z', content: 'nothing' }]),
    })
    const looks = await collect(lookAt(['x.zip', 'y.env.gz', 'z.zip'].map(place), { reader, rules: RULES }))
    expect(looks.filter(({ kind }) => kind === 'suspect')).toEqual([
      { kind: 'suspect', place: place('x.zip') },
      { kind: 'suspect', place: place('y.env.gz') },
    ])
    expect(looks.at(-1)).toMatchObject({ kind: 'tally', count: 4 })
  })
})
