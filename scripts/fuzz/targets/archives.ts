import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { ARCHIVE_BOUNDS } from '../../../src/adapters/archives/budget.ts'
import { readArchive } from '../../../src/adapters/archives/read-archive.ts'
import { makeZip } from '../../../test/support/make-zip.ts'
import type { FuzzTarget } from '../target.ts'

const BOUNDS = {
  ...ARCHIVE_BOUNDS,
  entries: 500,
  entryBytes: 64 * 1024,
  totalBytes: 4 * 1024 * 1024,
  milliseconds: 5000,
}
const TEXT = 'password = "nothing"\n'.repeat(20)

/** Bytes of any kind: no throw, an end, and no more than the bounds allow. */
export const archives: FuzzTarget = {
  async seeds() {
    const zip = makeZip([
      { name: 'a/.env', content: TEXT },
      { name: 'b', content: TEXT, stored: true },
      { name: 'c', content: TEXT, zip64: true },
      { name: 'l', content: '../x', mode: 0o120777 },
    ])
    const tar = await makeTar({ 'a/.env': TEXT, ['n'.repeat(200)]: TEXT, 'in.zip': zip })
    return [zip, tar, gzipSync(tar), gzipSync(TEXT), makeZip([{ name: 'x.tgz', content: gzipSync(tar) }])]
  },
  words: [
    'PK\x01\x02',
    'PK\x03\x04',
    'PK\x05\x06',
    'PK\x06\x06',
    'PK\x06\x07',
    'ustar\0',
    'ustar  \0',
    '\x1f\x8b\x08',
    '30 path=x\n',
  ],
  async run(input) {
    let [entries, total] = [0, 0]
    for await (const one of readArchive(input, { name: 'x.gz', bounds: BOUNDS })) {
      if (one.kind === 'cut') continue
      entries += 1
      total += one.bytes.length
      if (one.size < one.bytes.length) throw new Error('a file is smaller than what was read of it')
    }
    if (entries > BOUNDS.entries || total > BOUNDS.totalBytes + input.length) throw new Error('the bounds do not hold')
  },
}

async function makeTar(files: Readonly<Record<string, string | Uint8Array>>): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content)
  tar.finalize()
  const parts: Uint8Array[] = []
  for await (const part of tar as unknown as AsyncIterable<Uint8Array>) parts.push(part)
  return Buffer.concat(parts)
}
