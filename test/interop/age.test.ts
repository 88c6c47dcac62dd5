import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { printIdentityFile } from '../../src/core/age/identity.ts'
import { itWith } from '../peers.ts'
import { documentOf } from '../support/documents.ts'
import { writePlainSops } from '../support/plain-sops/write.ts'
import { newMember, open, seal } from '../support/sealing.ts'

const folder = mkdtempSync(join(tmpdir(), 'sealward-age-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.each([
  { kind: 'x25519', age: 'age' },
  { kind: 'hybrid', age: 'age>=1.3' },
] as const)('with the real age, for a recipient of the kind $kind', ({ kind, age }) => {
  itWith(age, 'the wrapped key in our file is an age file of the data key', async (program) => {
    const { identity, recipient } = await newMember(kind)
    const opened = await open(await seal(documentOf({ A: 'x' }), [{ identity, recipient }]), identity)
    const identityFile = join(folder, `${kind}.txt`)
    writeFileSync(identityFile, printIdentityFile(identity, recipient, new Date()), { mode: 0o600 })
    const { armored } = opened.file.metadata.wrappedKeys[0]!
    expect(execFileSync(program!, ['-d', '-i', identityFile], { input: armored })).toEqual(Buffer.from(opened.dataKey))
  })

  itWith(age, 'a file whose data key age wrapped opens', async (program) => {
    const { identity, recipient } = await newMember(kind)
    const dataKey = randomBytes(32)
    const armored = execFileSync(program!, ['-a', '-r', recipient.text], { input: dataKey, encoding: 'utf8' })
    const lines = documentOf({ A: 'x' })
    const file = writePlainSops({ lines, rule: null, keys: [{ recipient: recipient.text, armored }] }, dataKey)
    expect((await open(file, identity)).document).toEqual(lines)
  })
})
