import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { judgeBlob, onePerLine } from '../../../../src/core/scan/judge.ts'
import { FINGERPRINTS_FILE } from '../../../../src/core/scan/own/keyless/index-file.ts'
import { rulesOfOwn } from '../../../../src/core/scan/own/rules-of-own.ts'
import { RULES } from '../../../../src/core/scan/rules.ts'
import { verify } from '../../../../src/tasks/files/verify.ts'
import {
  fingerprintRules,
  staleFingerprints,
  writeFingerprints,
} from '../../../../src/tasks/steps/own/own-fingerprints.ts'
import { openOwnFiles, ownValuesIn } from '../../../../src/tasks/steps/own/own-secrets.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { newMember, refusal, seal } from '../../../support/sealing.ts'

const [member, other] = [await newMember(), await newMember()]
const TOKEN = randomBytes(30).toString('hex')
const PASSWORD = `q7#${randomBytes(6).toString('base64url')}!Zk`
const values = { TOKEN, PASSWORD, REGION: 'eu-central-1', SHOWN_unencrypted: `plain${TOKEN}` }
const entries = Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }) as const)
const sealed = await seal(entries, [member])
const foreign = await seal(entries, [other])

function world(files: Record<string, Uint8Array | string> = { '.env.encrypted': sealed }, identity = member.identity) {
  const memory = memoryWorld(files, identity)
  return { ...memory, root: '', randomBytes: (length: number) => randomBytes(length) }
}

const leak = (text: string) =>
  [TOKEN, PASSWORD].some((value) =>
    Array.from({ length: value.length - 5 }, (_, at) => value.slice(at, at + 6)).some((part) => text.includes(part)),
  )

describe('own secrets', () => {
  it('are what is encrypted; usual values are named and left', async () => {
    const at = world()
    const own = await ownValuesIn(await openOwnFiles(at), at.teller)
    expect(own.map(({ name, file }) => `${file} ${name}`)).toEqual(['.env.encrypted TOKEN', '.env.encrypted PASSWORD'])
    expect(at.said.join('\n')).toContain('REGION (.env.encrypted)')
    expect(leak(at.said.join('\n'))).toBe(false)
  })

  it('need a key that opens a file; one that does not open is named', async () => {
    expect((await refusal(() => openOwnFiles(world({ '.env.encrypted': foreign })))).code).toBe('no-identity')
    expect((await refusal(() => openOwnFiles(world({})))).code).toBe('not-found')
    const at = world({ '.env.encrypted': sealed, 'a/.env.encrypted': foreign })
    expect((await openOwnFiles(at)).map(({ file }) => file)).toEqual(['.env.encrypted'])
    expect(at.said.join('\n')).toContain('a/.env.encrypted')
  })

  it('give findings that name the variable and hold nothing of its value', async () => {
    const at = world()
    const own = await ownValuesIn(await openOwnFiles(at), at.teller)
    const rules = [...RULES, ...(await rulesOfOwn({ values: own }))]
    const text = `password = "${PASSWORD}"\n${Buffer.from(`x${TOKEN}`).toString('base64')}\n`
    const hits = onePerLine(await judgeBlob({ path: 'a.py', bytes: Buffer.from(text) }, rules))
    expect(hits.map(({ finding }) => finding)).toMatchObject([
      { rule: 'own-secret', line: 1, column: 13, name: 'PASSWORD', severity: 'critical', confidence: 'high' },
      { rule: 'own-secret', line: 2, name: 'TOKEN', message: expect.stringContaining('as base64') },
    ])
    expect(leak(JSON.stringify(hits))).toBe(false)
  })

  it('that are weak have a fingerprint of where they come from alone', async () => {
    const at = async (value: string) => {
      const rules = await rulesOfOwn({ values: [{ file: '.env.encrypted', name: 'A', value }] })
      return (await judgeBlob({ path: 'a', bytes: Buffer.from(value) }, rules)).map(({ fingerprint }) => fingerprint)
    }
    expect(await at('q7Zt2Lw9')).toEqual(await at('m3Xc8Rb5'))
    expect(await at(TOKEN)).not.toEqual(await at([...TOKEN].reverse().join('')))
  })
})

describe('fingerprints of own secrets', () => {
  it('are written with a key and found without one; nothing said holds a value', async () => {
    const at = world()
    await writeFingerprints(await openOwnFiles(at), at)
    const written = at.contents.get(FINGERPRINTS_FILE)!
    const hits = await judgeBlob({ path: 'a', bytes: Buffer.from(`x ${TOKEN}`) }, await fingerprintRules(written))
    expect(hits).toMatchObject([{ finding: { rule: 'own-secret', name: 'TOKEN', line: 1 } }])
    for (const text of [written.toString(), JSON.stringify(hits), at.said.join('\n')]) expect(leak(text)).toBe(false)
    expect(at.said.join('\n')).toContain('PASSWORD (.env.encrypted)')
    expect(await judgeBlob({ path: FINGERPRINTS_FILE, bytes: written })).toEqual([])
    expect(await fingerprintRules(null)).toEqual([])
  })

  it('stay as they are when they are made again', async () => {
    const at = world()
    await writeFingerprints(await openOwnFiles(at), at)
    const first = at.contents.get(FINGERPRINTS_FILE)!.toString()
    await writeFingerprints(await openOwnFiles(at), at)
    expect(at.contents.get(FINGERPRINTS_FILE)!.toString()).toBe(first)
  })

  it('are stale when a ciphertext has changed, which verify says without a key', async () => {
    const at = world()
    expect(await staleFingerprints(['.env.encrypted'], at.files)).toEqual([])
    await writeFingerprints(await openOwnFiles(at), at)
    expect((await verify({ files: [], allowNames: [] }, at)).findings).toEqual([])
    at.contents.set('.env.encrypted', Buffer.from(await seal(entries, [member])))
    const { findings } = await verify({ files: [], allowNames: [] }, at)
    expect(findings).toMatchObject([{ rule: 'fingerprints-stale', file: '.env.encrypted' }])
  })
})
