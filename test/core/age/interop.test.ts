import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect } from 'vitest'
import { generateIdentity, parseIdentities, printIdentityFile, recipientOf } from '../../../src/core/age/identity.ts'
import { unwrapDataKey } from '../../../src/core/age/unwrap.ts'
import { wrapDataKey } from '../../../src/core/age/wrap.ts'
import { itWith } from '../../peers.ts'

const folder = mkdtempSync(join(tmpdir(), 'sealward-age-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('with the real age', () => {
  const kinds = [
    { kind: 'x25519', age: 'age', keygen: 'age-keygen', flags: [] },
    { kind: 'hybrid', age: 'age>=1.3', keygen: 'age-keygen>=1.3', flags: ['-pq'] },
  ] as const
  for (const { kind, age, keygen, flags } of kinds) {
    itWith([age, keygen], `age opens what we wrap, by the identity file we print (${kind})`, async (age, keygen) => {
      const identity = await generateIdentity(kind)
      const recipient = await recipientOf(identity)
      const file = join(folder, `${kind}-ours.txt`)
      writeFileSync(file, printIdentityFile(identity, recipient, new Date()), { mode: 0o600 })
      const dataKey = randomBytes(32)
      const armored = await wrapDataKey(dataKey, recipient)
      expect(execFileSync(age!, ['-d', '-i', file], { input: armored })).toEqual(dataKey)
      expect(execFileSync(keygen!, ['-y', file], { encoding: 'utf8' }).trim()).toBe(recipient.text)
    })

    itWith(
      [age, keygen],
      `we open what age wraps, by the identity file age-keygen prints (${kind})`,
      async (age, keygen) => {
        const file = execFileSync(keygen!, flags, { encoding: 'utf8', stdio: 'pipe' })
        const { identities, skipped } = parseIdentities(file)
        const recipient = await recipientOf(identities[0]!)
        expect({ count: identities.length, skipped }).toEqual({ count: 1, skipped: [] })
        expect(file).toContain(`# public key: ${recipient.text}\n`)
        const dataKey = randomBytes(32)
        const armored = execFileSync(age!, ['-a', '-r', recipient.text], { input: dataKey, encoding: 'utf8' })
        expect(Buffer.from((await unwrapDataKey(armored, identities[0]!))!)).toEqual(dataKey)
      },
    )
  }

  itWith(
    'age-keygen',
    'our identity file differs from the one of age-keygen in nothing but time and key',
    async (keygen) => {
      const shape = (file: string) =>
        file.replace(/^# created: .*$/m, '# created: T').replace(/(age1|KEY-1)\w+/g, '$1X')
      const identity = await generateIdentity('x25519')
      const ours = printIdentityFile(identity, await recipientOf(identity), new Date())
      expect(shape(ours)).toBe(shape(execFileSync(keygen!, [], { encoding: 'utf8', stdio: 'pipe' })))
      expect(ours).toMatch(/^# created: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n/)
    },
  )
})
