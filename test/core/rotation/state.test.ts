import { describe, expect, it } from 'vitest'
import { printRotation, type Rotation, readRotation } from '../../../src/core/rotation/state.ts'
import { bytesOf, codeOf, textOf } from '../../support/sealing.ts'

const NOW = '2026-03-04T05:06:07.000Z'
const begun: Rotation = {
  ...{ id: '20260304050607', phase: 'initiated', started: NOW, updated: NOW, old: 'age1old', fresh: 'age1new' },
  ...{ keyFile: '/home/ada/key', emergency: false, reason: null, environment: 'production', files: 3 },
  ...{ graceUntil: null, finished: false, failure: null, pushes: [{ target: 'github:acme/app:KEY', done: null }] },
}

describe('what is written down of a rotation of a key', () => {
  it('comes back as it was', () => {
    expect(readRotation(printRotation(begun))).toEqual(begun)
  })

  it('has no outstanding pushes where it was begun before there were any', () => {
    const { pushes: _, ...older } = JSON.parse(textOf(printRotation(begun)))
    expect(readRotation(bytesOf(JSON.stringify(older)))).toEqual({ ...begun, pushes: [] })
  })

  it('is nothing where there was none', () => {
    expect([readRotation(null), readRotation(new Uint8Array())]).toEqual([null, null])
  })

  it.each([
    ['half of it', (text: string) => text.slice(0, 60)],
    ['a phase that is none', (text: string) => text.replace('initiated', 'begun')],
    ['another version', (text: string) => text.replace('"v": 1', '"v": 2')],
    ['a word that has no place', (text: string) => text.replace('"v": 1', '"v": 1, "more": true')],
    ['a name for its backup that leads elsewhere', (text: string) => text.replace(begun.id, '../x')],
  ])('is refused: %s', async (_, change) => {
    const bytes = bytesOf(change(textOf(printRotation(begun))))
    expect(await codeOf(() => readRotation(bytes))).toBe('malformed')
  })
})
