import { describe, expect, it } from 'vitest'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'
import { encryptNew } from '../../../src/core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../../src/core/envelope/file.ts'
import type { Rule } from '../../../src/core/envelope/values/rule.ts'
import { randomSecret } from '../../support/git-repository.ts'
import { ownHits } from './own-hits.ts'

const secret = randomSecret()

async function encrypted(rule: Rule = { kind: 'unencrypted_suffix', pattern: '_unencrypted' }): Promise<string> {
  const recipients = [await recipientOf(await generateIdentity('x25519'))]
  const document = ['KEY', 'OTHER'].map((name) => ({ kind: 'entry', name, value: secret }) as const)
  const file = await encryptNew(document, { recipients, rule, macOnlyEncrypted: false }, new Date(0))
  return Buffer.from(printEncryptedFile(file)).toString()
}

async function judge(path: string, text: string) {
  const hits = await ownHits({ path, bytes: Buffer.from(text) })
  return hits.map(({ finding: { rule, line } }) => ({ rule, line }))
}

describe('an encrypted file', () => {
  it.each(['.env', '.env.encrypted', 'secrets.txt'])('passes under any name: %s', async (path) => {
    expect(await judge(path, await encrypted())).toEqual([])
  })

  it.each(['.env', '.env.encrypted', 'secrets.txt'])('is refused with a value in plain text: %s', async (path) => {
    const text = (await encrypted()).replace(/^OTHER=.*$/m, `OTHER=${secret}`)
    expect(await judge(path, text)).toEqual([{ rule: 'plaintext-value', line: 2 }])
  })

  it.each(['.envrc', '.env'])('is not what one line of its metadata makes of a plaintext %s', async (path) => {
    expect(await judge(path, `sops_version=3.13.0\nexport API_KEY=${secret}\n`)).not.toEqual([])
  })

  it('is refused when its rule lets every value through', async () => {
    const text = (await encrypted())
      .replace(/^(KEY|OTHER)=.*$/gm, `$1=${secret}`)
      .replace(/^sops_unencrypted_suffix=.*$/m, 'sops_unencrypted_regex=.*')
    expect(await judge('.env', text)).toEqual([{ rule: 'rule-weak', line: undefined }])
  })

  it('is refused when it cannot be read: metadata alone make no encrypted file', async () => {
    expect(await judge('.env', `KEY=${secret}\nsops_mac=x\n`)).toEqual([{ rule: 'malformed', line: undefined }])
    expect(await judge('app.encrypted', 'text\nsops_mac=x\n')).toMatchObject([{ rule: 'malformed', line: 1 }])
  })

  it('is not what a page is that quotes one', async () => {
    expect(await judge('docs/format.md', `# Files\n\n${await encrypted()}\n`)).toEqual([])
    expect(await judge('README.md', 'The last lines are\nsops_mac=...\nsops_version=...\n')).toEqual([])
  })

  it('may hold a name that can take over a process: `verify` and the Action judge that', async () => {
    expect(await judge('.env', (await encrypted()).replace('KEY=', 'NODE_OPTIONS='))).toEqual([])
  })

  it('has another fingerprint after every change, so that a broken one stays refused', async () => {
    const text = `KEY=${secret}\nsops_mac=x\n`
    const prints = await Promise.all(
      [text, `${text}\n`].map(async (one) => ownHits({ path: '.env', bytes: Buffer.from(one) })),
    )
    expect(new Set(prints.map(([hit]) => hit!.fingerprint)).size).toBe(2)
  })
})
