import { describe, expect, it } from 'vitest'
import { edit, set, unset } from '../../../src/tasks/files/edit.ts'
import { memoryWorld } from '../../fakes/memory-world.ts'
import { linesOf, newMember, open, refusal, seal } from '../../support/sealing.ts'

const member = await newMember()
const stranger = await newMember()
const PATH = '.env.encrypted'
const sealed = await seal(
  [
    { kind: 'comment', text: ' the first' },
    { kind: 'entry', name: 'A', value: '1' },
    { kind: 'blank' },
    { kind: 'entry', name: 'B', value: '2' },
  ],
  [member],
)

/** A world with the file, and an editor that answers with these texts, one a time; `shown` is what it was given. */
function world(...answers: readonly string[]) {
  const shown: string[] = []
  const editor = {
    async edit(text: string) {
      shown.push(text)
      return answers[shown.length - 1] ?? text
    },
  }
  return { ...memoryWorld({ [PATH]: sealed }, member.identity), editor, shown }
}
const valuesIn = async ({ contents }: ReturnType<typeof memoryWorld>) =>
  [...(await open(contents.get(PATH)!, member.identity)).variables].map(([name, { value }]) => `${name}=${value}`)

describe('setting a value', () => {
  it('changes its line, the MAC and the time, and nothing else', async () => {
    const at = world()
    expect(await set({ file: PATH, name: 'B', value: '3' }, at)).toEqual({ added: [], changed: ['B'], removed: [] })
    const [before, after] = [linesOf(sealed), linesOf(at.contents.get(PATH)!)]
    const changed = after.flatMap((line, index) => (line === before[index] ? [] : [line.split('=')[0]]))
    expect([changed, after.length]).toEqual([['B', 'sops_lastmodified', 'sops_mac'], before.length])
  })

  it('adds a name that is new as the last of the lines', async () => {
    const at = world()
    expect((await set({ file: PATH, name: 'C', value: '3' }, at)).added).toEqual(['C'])
    expect(await valuesIn(at)).toEqual(['A=1', 'B=2', 'C=3'])
  })

  it('says that the value is stored in plain text where a rule leaves it so, which nothing in the file vouches for', async () => {
    const at = world()
    const text = Buffer.from(sealed).toString().replace('suffix=_unencrypted', 'suffix=PASSWORD')
    at.contents.set(PATH, Buffer.from(text))
    await set({ file: PATH, name: 'DB_PASSWORD', value: 'x' }, at)
    await set({ file: PATH, name: 'C', value: 'y' }, at)
    expect(at.said.filter((line) => line.includes('plain text'))).toEqual([
      expect.stringContaining('DB_PASSWORD is stored in plain text: unencrypted_suffix in this file'),
    ])
  })

  it('to what it is writes nothing', async () => {
    const at = world()
    expect(await set({ file: PATH, name: 'B', value: '2' }, at)).toEqual({ added: [], changed: [], removed: [] })
    expect(at.touched).not.toContain(`write ${PATH}`)
  })

  it('holds the lock from before it reads until after it wrote', async () => {
    const at = world()
    await set({ file: PATH, name: 'B', value: '3' }, at)
    const own = at.touched.filter((touch) => touch.endsWith(PATH))
    expect(own).toEqual(['lock', 'read', 'write', 'unlock'].map((verb) => `${verb} ${PATH}`))
  })

  it('makes the file when there is none and the configuration says for whom', async () => {
    const at = memoryWorld({ 'sealward.yml': `recipients:\n  me: ${member.recipient.text}\n` })
    expect((await set({ file: PATH, name: 'A', value: '1' }, at)).added).toEqual(['A'])
    expect(await valuesIn(at)).toEqual(['A=1'])
    expect((await refusal(() => set({ file: PATH, name: 'A', value: '1' }, memoryWorld({})))).code).toBe(
      'no-recipients',
    )
  })

  it.each([
    ['1A', 'x', 'name-invalid'],
    ['sops_mac', 'x', 'name-invalid'],
    ['A', 'x\0y', 'not-representable'],
    ['A', 'x'.repeat(128 * 1024 + 1), 'limit'],
  ])('is refused for what cannot be kept: %s', async (name, value, code) => {
    const at = world()
    expect((await refusal(() => set({ file: PATH, name, value }, at))).code).toBe(code)
    expect(at.contents.get(PATH)).toEqual(Buffer.from(sealed))
  })

  it('needs a key that opens the file, and gives the lock back when there is none', async () => {
    const at = memoryWorld({ [PATH]: sealed }, stranger.identity)
    const { code, file } = await refusal(() => set({ file: PATH, name: 'A', value: '2' }, at))
    expect([code, file, at.touched.at(-1)]).toEqual(['no-identity', PATH, `unlock ${PATH}`])
  })
})

describe('removing a value', () => {
  it('takes its line and leaves the comment above', async () => {
    const at = world()
    expect(await unset({ file: PATH, name: 'A' }, at)).toEqual({ added: [], changed: [], removed: ['A'] })
    const { document } = await open(at.contents.get(PATH)!, member.identity)
    expect(document).toEqual([
      { kind: 'comment', text: ' the first' },
      { kind: 'blank' },
      { kind: 'entry', name: 'B', value: '2' },
    ])
  })

  it('that is not there is refused, and so is one of a file that is not there', async () => {
    expect((await refusal(() => unset({ file: PATH, name: 'C' }, world()))).code).toBe('not-found')
    expect((await refusal(() => unset({ file: PATH, name: 'C' }, memoryWorld({})))).code).toBe('not-found')
  })
})

describe('editing', () => {
  const TEXT = '# the first\nA=1\n\nB=2\n'

  it('shows the text, and encrypts what comes back', async () => {
    const at = world('A=1\nB=4\nC=5\n')
    const changes = await edit({ file: PATH }, at)
    expect([at.shown, changes]).toEqual([[TEXT], { added: ['C'], changed: ['B'], removed: [] }])
    expect(await valuesIn(at)).toEqual(['A=1', 'B=4', 'C=5'])
  })

  it('writes nothing when the text came back as it was', async () => {
    const at = world()
    expect(await edit({ file: PATH }, at)).toEqual({ added: [], changed: [], removed: [] })
    expect(at.touched).not.toContain(`write ${PATH}`)
  })

  it('shows a text that cannot be read again, with its line named, until it can', async () => {
    const at = world('A=1\nnonsense\n', 'A=1\nmore nonsense\n', 'A=7\n')
    await edit({ file: PATH }, at)
    expect(at.shown).toEqual([TEXT, 'A=1\nnonsense\n', 'A=1\nmore nonsense\n'])
    expect(at.said).toHaveLength(2)
    for (const warning of at.said) {
      expect(warning).toMatch(/^line 2: .*; opening the editor again$/)
      expect(warning).not.toContain('nonsense')
    }
    expect(await valuesIn(at)).toEqual(['A=7'])
  })

  it('gives up when such a text comes back as it was, and changes nothing', async () => {
    const at = world('nonsense\n', 'nonsense\n')
    expect((await refusal(() => edit({ file: PATH }, at))).code).toBe('dotenv-syntax')
    expect(at.contents.get(PATH)).toEqual(Buffer.from(sealed))
  })
})
