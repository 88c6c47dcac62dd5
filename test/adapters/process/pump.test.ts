import { Readable, Writable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { pump } from '../../../src/adapters/process/pump.ts'
import type { Filter } from '../../../src/core/redact/filter.ts'

const upper: Filter = {
  push: (chunk) => Buffer.from(Buffer.from(chunk).toString().toUpperCase()),
  end: () => Buffer.from('!'),
}

describe('a pump', () => {
  it('passes everything through the filter, in order, and what the filter has left', async () => {
    const { target, text } = collecting()
    await pump(Readable.from(['one ', '', 'two ', 'three'].map((piece) => Buffer.from(piece))), upper, target)
    expect(text()).toBe('ONE TWO THREE!')
  })

  it('reads no faster than the target takes', async () => {
    let read = 0
    const source = Readable.from(
      (function* () {
        for (; read < 1000; read += 1) yield Buffer.alloc(1000)
      })(),
      { highWaterMark: 1 },
    )
    const waiting: (() => void)[] = []
    const target = new Writable({ highWaterMark: 2000, write: (_, __, done) => void waiting.push(done) })
    const pumped = pump(source, upper, target)
    for (let turn = 0; turn < 50; turn += 1) await setImmediate()
    expect(read).toBeLessThan(10)
    for (let turn = 0; turn < 5000; turn += 1) {
      waiting.shift()?.()
      await setImmediate()
    }
    await pumped
    expect(read).toBe(1000)
  })

  it('closes the source when nobody reads the target any more', async () => {
    const source = new Readable({ read: () => undefined })
    const target = new Writable({ write: (_, __, done) => done(Object.assign(new Error('gone'), { code: 'EPIPE' })) })
    target.on('error', () => undefined)
    const pumped = pump(source, upper, target)
    source.push(Buffer.from('a'))
    await pumped
    expect(source.destroyed).toBe(true)
  })

  it('fails when the source does', async () => {
    const { target } = collecting()
    const source = new Readable({ read: () => undefined })
    const pumped = pump(source, upper, target)
    source.destroy(new Error('broken'))
    await expect(pumped).rejects.toThrow('broken')
  })
})

function collecting(): { target: Writable; text: () => string } {
  const pieces: Buffer[] = []
  const target = new Writable({
    write(chunk: Buffer, _, done) {
      pieces.push(chunk)
      done()
    },
  })
  return { target, text: () => Buffer.concat(pieces).toString() }
}
