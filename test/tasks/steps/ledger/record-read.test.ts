import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../../src/core/errors.ts'
import type { LedgerEvent } from '../../../../src/core/ledger/event.ts'
import { edit, restore, set } from '../../../../src/tasks/files/edit.ts'
import { list } from '../../../../src/tasks/files/list.ts'
import { decrypt, get } from '../../../../src/tasks/files/read.ts'
import { run } from '../../../../src/tasks/job/run.ts'
import { openLedger } from '../../../../src/tasks/steps/ledger/open-ledger.ts'
import { memoryWorld } from '../../../fakes/memory-world.ts'
import { newMember, refusal, seal } from '../../../support/sealing.ts'

const member = await newMember()
const stranger = await newMember()
const PATH = '.env.encrypted'
const sealed = await seal(
  ['A', 'B'].map((name) => ({ kind: 'entry', name, value: '1' }) as const),
  [member],
)

/** A world that keeps what is written down, or cannot write it down. */
function world({ who = member, broken = false, bytes = sealed as Uint8Array } = {}) {
  const events: LedgerEvent[] = []
  const ledger = {
    async append(event: LedgerEvent) {
      if (broken) throw new SealwardError('locked', 'somebody else writes it')
      events.push(event)
      return []
    },
  }
  const editor = { edit: async (text: string) => text }
  const children = { run: async () => 0 }
  return { ...memoryWorld({ [PATH]: bytes }, who.identity), ledger, events, editor, children }
}

type World = ReturnType<typeof world>

const READS: Readonly<
  Record<string, readonly [act: (at: World) => Promise<unknown>, kind: string, names: readonly string[]]>
> = {
  get: [(at) => get({ file: PATH, name: 'A' }, at), 'decrypted', ['A']],
  decrypt: [(at) => decrypt({ file: PATH }, at), 'decrypted', ['A', 'B']],
  run: [(at) => run({ files: [PATH], command: ['x'] }, at), 'decrypted', ['A', 'B']],
  edit: [(at) => edit({ file: PATH }, at), 'decrypted', ['A', 'B']],
  list: [(at) => list(PATH, at), 'listed', ['A', 'B']],
}

describe.each(Object.entries(READS))('%s', (name, [act, kind, names]) => {
  it('is handed to the ledger, by names alone', async () => {
    const at = world()
    await act(at)
    expect(at.events).toEqual([{ kind, files: [{ path: PATH }], names }])
  })

  it('gives what it reads where that cannot be written down, with a warning', async () => {
    const at = world({ broken: true })
    await expect(act(at)).resolves.not.toThrow()
    expect(at.said).toEqual(['the ledger does not have this read: somebody else writes it'])
  })

  it.skipIf(name === 'list')('that cannot open the file is handed on as that, and fails as it does', async () => {
    const tampered = Buffer.from(
      Buffer.from(sealed)
        .toString()
        .replace(/^A=.*\n/, ''),
    )
    const codes: unknown[] = []
    for (const at of [world({ who: stranger }), world({ bytes: tampered })]) {
      const { code } = await refusal(() => act(at))
      codes.push(code)
      expect(at.events).toEqual([{ kind: 'open-failed', files: [{ path: PATH }], code }])
    }
    expect(codes).toEqual(['no-identity', 'mac-mismatch'])
  })
})

describe('the ledger', () => {
  it('has no word of a name or a file that is not there, nor of a read that had nothing', async () => {
    const at = world()
    await refusal(() => get({ file: PATH, name: 'NONE' }, at))
    await refusal(() => get({ file: 'none', name: 'A' }, at))
    expect(at.events).toEqual([])
  })

  it('calls a value that was put back by that, and another change of it not', async () => {
    const at = world()
    await set({ file: PATH, name: 'A', value: '2' }, at)
    await restore({ file: PATH, name: 'A', version: sealed, revision: 'HEAD~1' }, at)
    expect(at.events.map(({ kind }) => kind)).toEqual(['values-changed', 'value-restored'])
  })

  it.each([
    ['ledger: true', ['open-failed']],
    ['ledger: { reads: true }', ['decrypted', 'listed', 'open-failed']],
    ['ledger: { reads: true, names: none }', ['decrypted', 'listed', 'open-failed']],
    ['ledger: false', []],
    ['', []],
  ])('with %j keeps %j', async (policy, kinds) => {
    const at = memoryWorld({ '/r/sealward.yml': policy })
    const actors = { current: async () => ({ via: 'git', name: 'Alice' }) as const }
    const ledger = openLedger({ ...at, actors, top: '/r' })
    const files = [{ path: PATH }]
    await ledger.append({ kind: 'decrypted', files, names: ['A'] })
    await ledger.append({ kind: 'listed', files, names: ['A'] })
    await ledger.append({ kind: 'open-failed', files, code: 'no-identity' })
    const lines = Buffer.from(at.contents.get('/r/.sealward/ledger.jsonl') ?? '')
      .toString()
      .split('\n')
      .slice(0, -1)
    expect(lines.map((line) => JSON.parse(line).kind)).toEqual(kinds)
    expect(lines.join('').includes('"names"')).toBe(kinds.length > 1 && !policy.includes('none'))
  })
})
