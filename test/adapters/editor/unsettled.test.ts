import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openUnsettled } from '../../../src/adapters/editor/unsettled.ts'
import { temporaryFolder } from '../../support/git-repository.ts'
import { codeOf } from '../../support/sealing.ts'

function openHere() {
  const [pointers, memory] = [join(temporaryFolder(), 'pointers'), temporaryFolder('memory')]
  return { pointers, memory, unsettled: openUnsettled(async () => pointers, { XDG_RUNTIME_DIR: memory }) }
}

describe('plaintexts of merges', () => {
  it('are kept for one user alone, one for each file, and found again', async () => {
    const { unsettled } = openHere()
    const first = await unsettled.keep('a/.env.encrypted', 'A=1\n')
    const place = await unsettled.keep('a/.env.encrypted', 'A=2\n')
    expect(existsSync(first)).toBe(false)
    expect([statSync(place).mode & 0o777, statSync(dirname(place)).mode & 0o777]).toEqual([0o600, 0o700])
    expect(await unsettled.find('a/.env.encrypted')).toEqual({ place, text: 'A=2\n' })
    expect(await unsettled.find('b/.env.encrypted')).toBeNull()
  })

  it('go one by one or all at once, and nothing of them stays', async () => {
    const { unsettled, pointers, memory } = openHere()
    for (const file of ['a', 'b', 'c']) await unsettled.keep(file, 'A=1\n')
    await unsettled.drop('a')
    expect([await unsettled.find('a'), (await unsettled.find('b'))?.text]).toEqual([null, 'A=1\n'])
    await unsettled.drop(null)
    expect([readdirSync(pointers), readdirSync(memory)]).toEqual([[], []])
  })

  it('are not taken from a folder that others can enter, nor is such a folder removed', async () => {
    const { unsettled } = openHere()
    const folder = dirname(await unsettled.keep('a', 'A=1\n'))
    chmodSync(folder, 0o755)
    expect(await unsettled.find('a')).toBeNull()
    await unsettled.drop('a')
    expect(existsSync(folder)).toBe(true)
  })

  it('a pointer to anything else is none', async () => {
    const { unsettled, pointers } = openHere()
    await unsettled.keep('a', 'A=1\n')
    const precious = join(temporaryFolder(), 'precious')
    mkdirSync(precious, { mode: 0o700 })
    writeFileSync(join(pointers, readdirSync(pointers)[0]!), precious)
    expect(await unsettled.find('a')).toBeNull()
    await unsettled.drop(null)
    expect(existsSync(precious)).toBe(true)
  })

  it('that are not UTF-8 are refused', async () => {
    const { unsettled } = openHere()
    writeFileSync(await unsettled.keep('a', ''), Buffer.from([0xff]))
    expect(await codeOf(() => unsettled.find('a'))).toBe('not-representable')
  })
})
