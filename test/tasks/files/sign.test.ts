import { beforeAll, describe, expect, it } from 'vitest'
import { signMessage } from '../../../src/core/signature/sign.ts'
import { namespaceOf } from '../../../src/core/signature/subject.ts'
import { type SignRequest, type SignWorld, sign } from '../../../src/tasks/files/sign.ts'
import { checkSignature } from '../../../src/tasks/steps/trust/signature.ts'
import type { SshRequest } from '../../../src/tasks/world/ssh.ts'
import { allowed, MAKERS, newKey, opensshFile, pkcs8, privateOf, publicLine } from '../../core/signature/keys.ts'
import { memoryFiles } from '../../fakes/memory-files.ts'
import { newMember, refusal, seal } from '../../support/sealing.ts'

const FILE = '.env.encrypted'
const keyFile = opensshFile(MAKERS.ed25519())
const key = privateOf(keyFile)
const other = newKey('ed25519')
const locked = opensshFile(MAKERS.ed25519(), () => ({ cipher: 'aes256-ctr', kdf: 'bcrypt' }))

let sealed: Uint8Array
beforeAll(async () => {
  sealed = await seal([{ kind: 'entry', name: 'KEY', value: 'value' }], [await newMember()])
})

interface Setting {
  readonly files?: Readonly<Record<string, string | Uint8Array>>
  readonly gitKey?: string | null
  /** What ssh-keygen prints. */
  readonly sshKeygen?: (request: SshRequest) => string
}

function setUp({ files = {}, gitKey = null, sshKeygen }: Setting = {}) {
  const given = { [FILE]: sealed, 'id.key': keyFile, ...files }
  const contents = new Map(Object.entries(given).map(([path, content]) => [path, Buffer.from(content as string)]))
  const asked: SshRequest[] = []
  const world: SignWorld = {
    files: memoryFiles(contents as Map<string, Uint8Array>),
    names: { nameOf: async (path) => `app/${path}` },
    git: { signingKey: async () => gitKey },
    ssh: {
      async sign(request) {
        asked.push(request)
        return sshKeygen?.(request) ?? signMessage({ ...request, key: other })
      },
    },
  }
  const signatures = () => [...contents.keys()].filter((path) => path.endsWith('.sig'))
  const perform = (request: Partial<SignRequest> = {}) => sign({ files: [FILE], ...request }, world)
  return { perform, contents, signatures, asked, world }
}

describe('sign', () => {
  it('puts a signature beside the file, which the check finds good under the name in the repository', async () => {
    const { perform, world } = setUp()
    const fingerprint = key.publicKey.fingerprint
    expect(await perform({ key: 'id.key' })).toEqual([
      { file: FILE, signature: `${FILE}.sig`, name: `app/${FILE}`, fingerprint },
    ])
    const check = { path: FILE, name: `app/${FILE}`, bytes: sealed, signers: [allowed(key)], now: new Date(0) }
    expect(await checkSignature(check, world)).toMatchObject({ kind: 'good' })
    expect(await checkSignature({ ...check, name: FILE }, world)).toMatchObject({ kind: 'bad' })
  })

  it('signs a file in a checkout with other line ends as everywhere', async () => {
    const converted = Buffer.from(Buffer.from(sealed).toString().replaceAll('\n', '\r\n'))
    const [here, there] = [setUp(), setUp({ files: { [FILE]: converted } })]
    await here.perform({ key: 'id.key' })
    await there.perform({ key: 'id.key' })
    expect(there.contents.get(`${FILE}.sig`)).toEqual(here.contents.get(`${FILE}.sig`))
  })

  it('replaces a signature, and nothing else that is in its place', async () => {
    const { perform, contents } = setUp()
    await perform({ key: 'id.key' })
    const first = contents.get(`${FILE}.sig`)
    contents.set(FILE, Buffer.concat([Buffer.from('# a comment\n'), sealed]))
    await perform({ key: 'id.key' })
    expect(contents.get(`${FILE}.sig`)).not.toEqual(first)

    const occupied = setUp({ files: { [`${FILE}.sig`]: 'somebody else’s' } })
    const error = await refusal(() => occupied.perform({ key: 'id.key' }))
    expect(error).toMatchObject({ code: 'exists', file: `${FILE}.sig` })
    expect(String(occupied.contents.get(`${FILE}.sig`))).toBe('somebody else’s')
  })

  it('uses the key that git signs with when it is given none', async () => {
    const { perform } = setUp({ gitKey: 'id.key' })
    expect(await perform()).toMatchObject([{ fingerprint: key.publicKey.fingerprint }])
  })

  it('says what to do without a key', async () => {
    const error = await refusal(() => setUp().perform())
    expect(error).toMatchObject({ code: 'usage', hint: expect.stringMatching(/-k .*user\.signingkey/) })
  })

  it.each([
    ['under a passphrase', { files: { 'id.key': locked } }, { file: 'id.key' }],
    ['whose public half is given', { files: { 'id.key': publicLine(other) } }, { file: 'id.key' }],
    ['that git has as a line', { gitKey: `key::${publicLine(other)} me` }, { line: `${publicLine(other)} me` }],
    ['that git has as a line of the old form', { gitKey: publicLine(other) }, { line: publicLine(other) }],
  ])('leaves a key %s to ssh-keygen', async (_, setting: Setting, asked) => {
    const { perform, asked: requests } = setUp(setting)
    const signed = await perform(setting.gitKey === undefined ? { key: 'id.key' } : {})
    expect(signed).toMatchObject([{ fingerprint: other.publicKey.fingerprint }])
    expect(requests).toMatchObject([{ key: asked, namespace: namespaceOf(`app/${FILE}`) }])
  })

  it.each([
    ['nothing', () => ''],
    [
      'a signature for something else',
      ({ message }: SshRequest) => signMessage({ message, namespace: 'git', key: other }),
    ],
  ])('writes nothing when ssh-keygen prints %s', async (_, sshKeygen) => {
    const { perform, signatures } = setUp({ files: { 'id.key': locked }, sshKeygen })
    expect(await refusal(() => perform({ key: 'id.key' }))).toMatchObject({ code: 'usage' })
    expect(signatures()).toEqual([])
  })

  it.each([
    ['that is not there', { files: ['none'] }, 'not-found'],
    ['that is not encrypted', { files: ['plain'] }, 'malformed'],
    ['that is damaged', { files: ['damaged'] }, 'malformed'],
    ['by a key that is not there', { key: 'none' }, 'not-found'],
    ['by what is no key', { key: 'plain' }, 'usage'],
    ['by a key that is too weak', { key: 'weak' }, 'usage'],
  ])(
    'signs no file %s, and no other with it',
    async (_, { files = [], key = 'id.key' }: Partial<SignRequest>, code) => {
      const weak = pkcs8(MAKERS['rsa 1024']())
      const { perform, signatures } = setUp({ files: { plain: 'KEY=value\n', damaged: 'sops_mac=x\nKEY', weak } })
      expect(await refusal(() => perform({ files: [FILE, ...files], key }))).toMatchObject({ code })
      expect(signatures()).toEqual([])
    },
  )
})
