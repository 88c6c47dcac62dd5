import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/core/dotenv/document.ts'
import { encodeArmor } from '../../../src/core/signature/ssh/armor.ts'
import { printSshsig } from '../../../src/core/signature/ssh/sshsig.ts'
import { randomSecret } from '../../support/git-repository.ts'
import { ownHits } from './own-hits.ts'

async function judge(path: string, content: string | Uint8Array) {
  const hits = await ownHits({ path, bytes: Buffer.from(content) })
  return hits.map(({ finding }) => finding)
}

type Buffers = [Buffer, Buffer, Buffer]
const secret = randomSecret()
const utf16 = Buffer.from(`KEY=${secret}\n`, 'utf16le')

describe('a .env in plain text', () => {
  it('is told with the first line that has a value, and with the command that mends it', async () => {
    expect(await judge('app/.env', `# a comment\nEMPTY=\nKEY=${secret}\nOTHER=${secret}\n`)).toEqual([
      {
        rule: 'plaintext-dotenv',
        file: 'app/.env',
        line: 3,
        message: '2 values in plain text',
        fix: 'sealward protect app/.env',
      },
    ])
  })

  it.each([
    ['one value', `KEY=${secret}`, 1, 'one value in plain text'],
    ['an exported value', `\n  export  KEY = ${secret}`, 2, 'one value in plain text'],
    ['a value over several lines', `A='\nKEY=x\n'\nKEY=${secret}`, 1, '2 values in plain text'],
    ['CRLF', `EMPTY=\r\nKEY=${secret}\r\n`, 2, 'one value in plain text'],
    ['a byte order mark', `\uFEFFKEY=${secret}`, 1, 'one value in plain text'],
    ['UTF-16', utf16, 1, 'one value in plain text'],
    ['NULs', `KEY=${secret}\n\0\0`, 1, 'one value in plain text'],
    ['a name that is no name', `my.key [x]=${secret}`, 1, 'one value in plain text'],
    ['letters outside ASCII', `# größer\nKEY=ü${secret}`, 2, 'one value in plain text'],
  ])('is seen with %s', async (_, content, line, message) => {
    expect(await judge('.env', content)).toMatchObject([{ rule: 'plaintext-dotenv', line, message }])
  })

  it.each([
    ['a line without a name', `EMPTY=\n${secret}\n`, 2],
    ['an open quote', `EMPTY=\nKEY="${secret}\n`, 2],
    ['the same name twice', `KEY=${secret}\nKEY=${secret}\n`, 2],
    ['a reserved name', `sops_key=${secret}\n`, 1],
  ])('counts as one when it cannot be read: %s', async (_, content, line) => {
    const [finding] = await judge('.env', content)
    expect(finding).toMatchObject({ rule: 'plaintext-dotenv', line })
    expect(finding!.message).toMatch(/^is named like a \.env and cannot be read as one: /)
    expect(JSON.stringify(finding)).not.toContain(secret)
  })

  it('counts as one when it is larger than a .env may be, on no line', async () => {
    const [finding] = await judge('.env', Buffer.alloc(LIMITS.fileBytes + 1, '#'))
    expect(finding).toMatchObject({ rule: 'plaintext-dotenv', message: expect.stringContaining('is larger than') })
    expect(finding).not.toHaveProperty('line')
  })

  it('is none when it is a signature, and one when it is only called so', async () => {
    const [publicKey, namespace, value] = ['key', 'file', 'value'].map((text) => Buffer.from(text)) as Buffers
    const signature = encodeArmor(printSshsig({ publicKey, namespace, hash: 'sha512', value }))
    expect(await judge('.env.encrypted.sig', signature)).toEqual([])
    expect(await judge('.env.encrypted.sig', `KEY=${secret}`)).toMatchObject([{ rule: 'plaintext-dotenv' }])
  })

  it('counts as one whatever bytes it holds', async () => {
    expect(await judge('.env', Buffer.from([0xff, 0xfe, 0x80, 0x0a, 0x3d]))).toHaveLength(1)
  })

  it.each(['', '\n\n', '# only a comment\n', 'KEY=\nOTHER=""\n', 'KEY=changeme\nOTHER=<your key>\nTHIRD=${KEY}\n'])(
    'is none when there is no value in it: %j',
    async (content) => {
      expect(await judge('.env', content)).toEqual([])
    },
  )

  it('is none under a name for everybody', async () => {
    expect(await judge('.env.example', `KEY=${secret}`)).toEqual([])
  })

  it('is none when it is a link: its content is a path', async () => {
    expect(await ownHits({ path: '.env', bytes: Buffer.from('../shared/.env'), link: true })).toEqual([])
  })

  it('is one under a name that says it is encrypted', async () => {
    expect(await judge('.env.encrypted', `KEY=${secret}`)).toMatchObject([{ rule: 'plaintext-dotenv' }])
  })
})

describe('a .envrc', () => {
  it('is a shell script: what it says itself counts, and it is not offered to be encrypted', async () => {
    const text = `use flake\nexport PATH=$PWD/bin:$PATH\nexport KEY=${secret}\n`
    const hits = await ownHits({ path: '.envrc', bytes: Buffer.from(text), staged: true })
    expect(hits.map(({ finding }) => finding)).toEqual([
      {
        rule: 'plaintext-dotenv',
        file: '.envrc',
        line: 3,
        message: 'one value in plain text',
        fix: 'git reset -q -- .envrc',
      },
    ])
    expect(await judge('.envrc', text)).toMatchObject([{ fix: 'Move its values to a .env, and protect that.' }])
  })

  it('passes when all its values come from elsewhere', async () => {
    expect(await judge('.envrc', 'use flake\ndotenv_if_exists\nexport KEY=$(pass show key)\n')).toEqual([])
  })
})
