import { describe, expect, it } from 'vitest'
import { decrypt, get } from '../../../src/tasks/files/read.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { newMember, refusal, seal } from '../../support/sealing.ts'

const member = await newMember()
const document = [
  { kind: 'comment', text: ' the first' },
  { kind: 'entry', name: 'API_KEY', value: 'hunter42' },
  { kind: 'entry', name: 'EMPTY', value: '' },
  { kind: 'entry', name: 'LEVEL_unencrypted', value: 'info' },
] as const
const sealed = await seal(document, [member])
const PATH = '.env.encrypted'
const world = (...identities: Parameters<typeof memoryWorld>[1][]) => memoryWorld({ [PATH]: sealed }, ...identities)

describe('getting a value', () => {
  it('gives it, empty ones too', async () => {
    const at = world(member.identity)
    expect(await get({ file: PATH, name: 'API_KEY' }, at)).toBe('hunter42')
    expect(await get({ file: PATH, name: 'EMPTY' }, at)).toBe('')
  })

  it('that is not there is refused with the nearest name', async () => {
    const { code, file, hint } = await refusal(() => get({ file: PATH, name: 'APIKEY' }, world(member.identity)))
    expect([code, file, hint]).toEqual(['not-found', PATH, 'did you mean API_KEY?'])
    expect((await refusal(() => get({ file: PATH, name: 'X' }, world(member.identity)))).hint).toContain(
      'sealward list',
    )
  })
})

describe('decrypting', () => {
  it('gives the document', async () => {
    expect(await decrypt({ file: PATH }, world(member.identity))).toEqual(document)
  })

  it('of a missing file is refused by its name', async () => {
    expect(await refusal(() => decrypt({ file: 'missing' }, world()))).toMatchObject({
      code: 'not-found',
      file: 'missing',
    })
  })

  it('reads quotes as it is told, else as sealward.yml says for the file, else literally', async () => {
    const quoted = await seal([{ kind: 'entry', name: 'A', value: "'1'" }], [member])
    const policy = `recipients:\n  me: ${member.recipient.text}\nfiles:\n  - path: a/*\n    quotes: dotenv\n`
    const at = memoryWorld({ 'a/x': quoted, 'b/x': quoted, 'sealward.yml': policy }, member.identity)
    const read = async (file: string, more = {}) => get({ file, name: 'A', ...more }, at)
    expect([await read('a/x'), await read('b/x')]).toEqual(['1', "'1'"])
    expect([await read('a/x', { quotes: 'literal' }), await read('b/x', { quotes: 'dotenv' })]).toEqual(["'1'", '1'])
  })
})
