import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { judgeBlob } from '../../../src/core/scan/judge.ts'
import { documentOf } from '../../support/documents.ts'
import { newMember, seal } from '../../support/sealing.ts'

const FULL = process.env.CI === 'true' || process.env.SEALWARD_FULL === '1'
const RUNS = FULL ? 40_000 : 2000
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** For one classical and one post-quantum recipient. */
let file: string
beforeAll(async () => {
  const members = [await newMember(), await newMember('hybrid')]
  file = Buffer.from(await seal(documentOf({ A: 'one\ntwo', B: 'x'.repeat(300) }), members)).toString()
})

const random = (length: number) => randomBytes(length).toString('base64')

/** Its header is text, with base64 in it: an armored one is base64 of base64. */
function ageFileAnew(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\n', bytes.indexOf('\n--- ') + 1) + 1
  const header = bytes.subarray(0, end).toString('latin1')
  const anew = header.replace(/[A-Za-z0-9+/]{22,}/g, (base64) => random(base64.length).slice(0, base64.length))
  return Buffer.concat([Buffer.from(anew, 'latin1'), randomBytes(bytes.length - end)])
}

/** The same file with everything in it drawn anew that is drawn at random: two thousand times quicker than to encrypt it. */
function drawnAnew(): string {
  const recipient = (whole: string, head: string) =>
    head + Array.from(randomBytes(whole.length - head.length), (byte) => BECH32[byte % 32]).join('')
  const armor = (_: string, begin: string, body: string) => {
    const text = ageFileAnew(Buffer.from(body.replaceAll('\\n', ''), 'base64')).toString('base64')
    return `${begin}${text.replace(/.{64}(?=.)/g, '$&\\n')}\\n`
  }
  return file
    .replace(/(age1(?:pq1)?)[a-z0-9]{50,}/g, recipient)
    .replace(/(data:|iv:|tag:)([A-Za-z0-9+/=]+)/g, (_, name, body) => name + random(Buffer.from(body, 'base64').length))
    .replace(/(-----BEGIN AGE ENCRYPTED FILE-----\\n)([A-Za-z0-9+/=\\]+)\\n(?=-----END)/g, armor)
}

describe('a healthy encrypted file', () => {
  it('is no secret, whatever its ciphertext and its recipients look like', async () => {
    const found = new Map<string, number>()
    for (let run = 0; run < RUNS; run += 1)
      for (const { finding } of await judgeBlob({ path: '.env.encrypted', bytes: Buffer.from(drawnAnew()) }))
        found.set(finding.rule, (found.get(finding.rule) ?? 0) + 1)
    expect(Object.fromEntries(found)).toEqual({})
  })
})
