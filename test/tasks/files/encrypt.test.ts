import { describe, expect, it } from 'vitest'
import { set } from '../../../src/tasks/files/edit.ts'
import { type EncryptRequest, encrypt } from '../../../src/tasks/files/encrypt.ts'
import { type MemoryWorld, memoryWorld } from '../../fakes/memory-world.ts'
import { bytesOf, linesOf, newMember, open, refusal, seal, textOf } from '../../support/sealing.ts'

const member = await newMember()
const other = await newMember()
const document = [
  { kind: 'comment', text: ' the first' },
  { kind: 'entry', name: 'A', value: '1' },
  { kind: 'entry', name: 'B', value: '2' },
] as const
const PATH = '.env.encrypted'
const sealed = await seal(document, [member])

const request = (source: string, more: Partial<EncryptRequest> = {}): EncryptRequest => ({
  ...{ source: bytesOf(source), sourceName: '.env', output: PATH, recipients: [], force: false },
  ...more,
})
const namesIn = async (world: MemoryWorld, identity = member.identity) =>
  [...(await open(world.contents.get(PATH)!, identity)).variables].map(([name, { value }]) => `${name}=${value}`)
const recipientsIn = (world: MemoryWorld) =>
  [...textOf(world.contents.get(PATH)!).matchAll(/recipient=(\S+)/g)].map((match) => match[1])

describe('encrypting to a new file', () => {
  it('makes it for the recipients that are given, or read from a file of them', async () => {
    for (const recipients of [[member.recipient.text], ['team.txt']]) {
      const world = memoryWorld({ 'team.txt': `# the team\n${member.recipient.text}\n` })
      const outcome = await encrypt(request('A=1\n', { recipients }), world)
      expect([outcome.status, outcome.changes]).toEqual(['created', { added: ['A'], changed: [], removed: [] }])
      expect(await namesIn(world)).toEqual(['A=1'])
    }
  })

  it('else for those of the nearest sealward.yml, else of the first rule of .sops.yaml that fits', async () => {
    const sealward = `recipients:\n  me: ${member.recipient.text}\n`
    const sops = `creation_rules:\n  - path_regex: nothing$\n    age: ${member.recipient.text}\n  - age: ${other.recipient.text}\n`
    const world = memoryWorld({ 'sealward.yml': sealward, '.sops.yaml': sops })
    await encrypt(request('A=1\n'), world)
    expect(recipientsIn(world)).toEqual([member.recipient.text])
    const second = memoryWorld({ '.sops.yaml': sops })
    await encrypt(request('A=1\n'), second)
    expect(recipientsIn(second)).toEqual([other.recipient.text])
  })

  it('names each recipient once', async () => {
    const world = memoryWorld({})
    const { text } = member.recipient
    await encrypt(request('A=1\n', { recipients: [text, text] }), world)
    expect(recipientsIn(world)).toEqual([text])
  })

  it('is refused for nobody, and for what is no recipient', async () => {
    const world = memoryWorld({ 'empty.txt': '# nobody\n' })
    const code = async (recipients: string[]) =>
      (await refusal(() => encrypt(request('A=1\n', { recipients }), world))).code
    expect(await code([])).toBe('no-recipients')
    expect(await code(['empty.txt'])).toBe('no-recipients')
    expect(await code(['age1wrong'])).toBe('recipient-invalid')
    expect(await code(['missing.txt'])).toBe('not-found')
    expect(world.contents.has(PATH)).toBe(false)
  })

  it('warns of long values and of recipients of two strengths', async () => {
    const world = memoryWorld({})
    const hybrid = await newMember('hybrid')
    const recipients = [member.recipient.text, hybrid.recipient.text]
    await encrypt(request(`A=${'x'.repeat(40_000)}\n`, { recipients }), world)
    expect(world.said).toEqual([
      expect.stringMatching(/^A is 40 KiB long/),
      expect.stringMatching(/only as strong as its classical recipients/),
    ])
  })

  it('writes nothing when there is no file to write', async () => {
    const world = memoryWorld({})
    const { output: _, ...rest } = request('A=1\n', { recipients: [member.recipient.text] })
    const { bytes } = await encrypt(rest, world)
    expect([...(await open(bytes, member.identity)).variables.keys()]).toEqual(['A'])
    expect(world.touched).toEqual([])
  })

  it('tells where a .env that cannot be read is wrong', async () => {
    const { code, file, line } = await refusal(() => encrypt(request('A=1\nno equals sign\n'), memoryWorld({})))
    expect([code, file, line]).toEqual(['dotenv-syntax', '.env', 2])
  })
})

describe('encrypting over a file', () => {
  it('changes the lines of what changed, and leaves all others byte for byte', async () => {
    const world = memoryWorld({ [PATH]: sealed }, member.identity)
    const outcome = await encrypt(request('# the first\nA=1\nB=3\nC=4\n'), world)
    expect([outcome.status, outcome.changes]).toEqual(['updated', { added: ['C'], changed: ['B'], removed: [] }])
    expect(await namesIn(world)).toEqual(['A=1', 'B=3', 'C=4'])
    const [before, after] = [linesOf(sealed), linesOf(world.contents.get(PATH)!)]
    const gone = before.filter((line) => !after.includes(line)).map((line) => line.split('=')[0])
    expect(gone).toEqual(['B', 'sops_lastmodified', 'sops_mac'])
    expect(after).toContain('sops_lastmodified=2026-03-04T05:06:07Z')
  })

  it('writes nothing when nothing changed', async () => {
    const world = memoryWorld({ [PATH]: sealed }, member.identity)
    const { status } = await encrypt(request('# the first\nA=1\nB=2\n'), world)
    expect(status).toBe('unchanged')
    expect(world.touched).not.toContain(`write ${PATH}`)
  })

  it('reads and writes under the lock of the file', async () => {
    const world = memoryWorld({ [PATH]: sealed }, member.identity)
    await encrypt(request('A=2\nB=2\n'), world)
    const touched = world.touched.filter((touch) => !touch.endsWith('.sig'))
    expect([touched[0], touched.at(-2), touched.at(-1)]).toEqual([`lock ${PATH}`, `write ${PATH}`, `unlock ${PATH}`])
  })

  it('is refused when names would go, by name, unless that is meant', async () => {
    const world = memoryWorld({ [PATH]: sealed }, member.identity)
    const { code, message, file } = await refusal(() => encrypt(request('C=1\n'), world))
    expect([code, message, file]).toEqual(['removal-refused', 'would remove A, B', PATH])
    expect(world.contents.get(PATH)).toEqual(Buffer.from(sealed))
    await encrypt(request('C=1\n', { force: true }), world)
    expect(await namesIn(world)).toEqual(['C=1'])
  })

  it('for other recipients makes a new data key when one goes, so that no old copy of it opens the file', async () => {
    const both = await seal(document, [member, other])
    const world = memoryWorld({ [PATH]: both }, member.identity)
    const { status } = await encrypt(request('# the first\nA=1\nB=2\n', { recipients: [member.recipient.text] }), world)
    expect([status, recipientsIn(world)]).toEqual(['replaced', [member.recipient.text]])
    expect((await refusal(() => open(world.contents.get(PATH)!, other.identity))).code).toBe('no-identity')
  })

  it('without an identity is refused, since what would change cannot be known', async () => {
    const world = memoryWorld({ [PATH]: sealed }, other.identity)
    const { code, hint } = await refusal(() => encrypt(request('A=1\n'), world))
    expect([code, hint?.includes('--force')]).toEqual(['no-identity', true])
    expect(world.contents.get(PATH)).toEqual(Buffer.from(sealed))
  })

  it('without an identity and with force replaces it for the same recipients, unseen', async () => {
    const world = memoryWorld({ [PATH]: sealed })
    const outcome = await encrypt(request('A=1\nC=1\n', { force: true }), world)
    expect([outcome.status, outcome.changes]).toEqual(['replaced', { added: ['C'], changed: [], removed: ['B'] }])
    expect([await namesIn(world), recipientsIn(world)]).toEqual([['A=1', 'C=1'], [member.recipient.text]])
  })

  it('is refused over what was tampered with, force or not', async () => {
    const text = textOf(sealed).replace(/^A=/m, 'X=')
    const world = memoryWorld({ [PATH]: text }, member.identity)
    for (const force of [false, true])
      expect((await refusal(() => encrypt(request('A=1\n', { force }), world))).code).toBe('value-not-authentic')
  })

  it('is refused over what is no encrypted file, force or not', async () => {
    const world = memoryWorld({ [PATH]: 'A=1\n' }, member.identity)
    for (const force of [false, true])
      expect((await refusal(() => encrypt(request('A=1\n', { force }), world))).code).toBe('exists')
  })
})

describe('a file whose recipients are not those of sealward.yml', () => {
  const policy = (...members: readonly { readonly recipient: { readonly text: string } }[]) =>
    `recipients:\n${members.map(({ recipient }, at) => `  person${at}: ${recipient.text}\n`).join('')}`
  const saidBy = async (text: string, change: (world: MemoryWorld) => Promise<unknown>) => {
    const world = memoryWorld(
      { [PATH]: sealed, 'sealward.yml': text, '.sops.yaml': 'creation_rules: [' },
      member.identity,
    )
    await change(world)
    return world.said
  }
  const encryptIt = (world: MemoryWorld) => encrypt(request('A=new\nB=2\n'), world)
  const setIt = (world: MemoryWorld) => set({ file: PATH, name: 'A', value: 'new' }, world)

  it.each([
    ['encrypt', encryptIt],
    ['set', setIt],
  ])('is said to be so by %s, which changes nothing of that', async (_, change) => {
    expect(await saidBy(policy(member, other), change)).toEqual([
      `${PATH}: is not encrypted to 1 recipient that sealward.yml names for it; \`sealward recipients sync\` encrypts it to those in sealward.yml`,
    ])
    const [said] = await saidBy(policy(other), change)
    expect(said).toMatch(/can open the file and is not in sealward\.yml; is not encrypted to 1 recipient that/)
  })

  it('is not, where they are the same, nobody is named, or sealward.yml cannot be read', async () => {
    expect(await saidBy(policy(member), setIt)).toEqual([])
    expect(await saidBy('ledger: true\n', encryptIt)).toEqual([])
    expect(await saidBy('recipients: [', setIt)).toEqual([])
  })
})
