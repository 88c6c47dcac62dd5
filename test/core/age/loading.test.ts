import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'
import { wrapDataKey } from '../../../src/core/age/wrap.ts'

/** Loading age-encryption takes longer than all the rest of `sealward get`, so the common way must do without. */
describe('age-encryption is not loaded', () => {
  it('to open an X25519 stanza, nor to see that a post-quantum identity has no business with it', async () => {
    const classical = await generateIdentity('x25519')
    const quantum = await generateIdentity('hybrid')
    const dataKey = randomBytes(32)
    const armored = await wrapDataKey(dataKey, await recipientOf(classical))
    const opened = withoutAgeEncryption(`
      const { parseIdentities, recipientOf } = await import(${source('identity.ts')})
      const { unwrapDataKey } = await import(${source('unwrap.ts')})
      const { identities } = parseIdentities(${JSON.stringify(`${classical.secret.reveal()} ${quantum.secret.reveal()}`)})
      const armored = ${JSON.stringify(armored)}
      await recipientOf(identities[0])
      const keys = await Promise.all(identities.map((identity) => unwrapDataKey(armored, identity)))
      console.log(keys.map((key) => key === null ? 'null' : Buffer.from(key).toString('hex')).join())`)
    expect(opened).toBe(`${dataKey.toString('hex')},null`)
  })

  it('by a check that would notice', () => {
    expect(() => withoutAgeEncryption(`await import('age-encryption')`)).toThrow('it was loaded')
  })
})

function withoutAgeEncryption(script: string): string {
  const guarded = `
    import { registerHooks } from 'node:module'
    registerHooks({ resolve(name, context, next) {
      if (name === 'age-encryption') throw new Error('it was loaded')
      return next(name, context)
    } })
    ${script}`
  const flags = ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', guarded]
  return execFileSync(process.execPath, flags, { encoding: 'utf8', stdio: 'pipe' }).trim()
}

function source(file: string): string {
  return JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../src/core/age', file)).href)
}
