import { describe, expect, it } from 'vitest'
import { detectDeep } from '../../../../src/core/scan/decode/detect-deep.ts'
import { detect } from '../../../../src/core/scan/engine/engine.ts'
import { compileRules } from '../../../../src/core/scan/engine/rule-set.ts'
import { ANY_FILE, rule, textOf } from './samples.ts'

const RULES = compileRules({
  tokens: [rule({ id: 'near', literals: [], near: ['dog'], shape: /[0-9]{4,6}(?![0-9])/ })],
})
const found = (text: string) => detect(textOf(text), ANY_FILE, RULES).detections.length
const foundDeep = async (text: string) => (await detectDeep(textOf(text), ANY_FILE, RULES)).detections.length

const HIT = 'AAdog+12345/AA'
const armored = (body: string, end = '\n') =>
  `-----BEGIN AGE ENCRYPTED FILE-----${end}${body}${end}-----END AGE ENCRYPTED FILE-----`

describe('what looks like a secret', () => {
  it('is one where nothing is encrypted', () => {
    expect(found(HIT)).toBe(1)
  })

  it.each([
    ['an armored age file', armored(`AAAA\n${HIT}\nAA==`)],
    ['one in YAML', armored(`    AAAA\n    ${HIT}`)],
    ['one with its line ends escaped, as dotenv has it', `sops_age__list_0__map_enc=${armored(HIT, '\\n')}\\n`],
    ['the data of a value', `A=ENC[AES256_GCM,data:${HIT},iv:AA==,tag:AA==,type:str]`],
    ['its nonce', `A=ENC[AES256_GCM,data:AA==,iv:${HIT},tag:AA==,type:str]`],
    ['its tag', `A=ENC[AES256_GCM,data:,iv:AA==,tag:${HIT},type:comment]`],
  ])('is none within %s', (_, text) => {
    expect(found(text)).toBe(0)
  })

  it('is none in what is decoded within one, and is one outside of it', async () => {
    const hidden = Buffer.from(`a text with words, and dog 12345 in it`).toString('base64')
    expect(await foundDeep(`x=${hidden}`)).toBe(1)
    expect(await foundDeep(`x=${armored(hidden, '\\n')}\\n`)).toBe(0)
    expect(await foundDeep(armored(hidden))).toBe(0)
    expect(await foundDeep(`${armored('AAAA')}\nx=${hidden}`)).toBe(1)
  })

  it.each([
    ['behind an armored file', `${armored('AAAA')}\n${HIT}`],
    ['before one', `${HIT}\n${armored('AAAA')}`],
    ['in one that does not end', `-----BEGIN AGE ENCRYPTED FILE-----\n${HIT}\n`],
    ['in one with other words in it', armored(`AAAA\n# ${HIT}`)],
    ['behind a value', `A=ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str] ${HIT}`],
    ['in a value that is none', `A=ENC[AES256_GCM,data:${HIT}]`],
    ['beyond reach', armored(`${'A'.repeat(20_000)}\n${HIT}`)],
  ])('is one %s', (_, text) => {
    expect(found(text)).toBe(1)
  })
})
