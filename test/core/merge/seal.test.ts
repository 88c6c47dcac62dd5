import { beforeAll, describe, expect, it } from 'vitest'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import type { OpenedFile } from '../../../src/core/envelope/decrypt.ts'
import { encryptOver } from '../../../src/core/envelope/encrypt.ts'
import { type EncryptedFile, parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { rewrap, withKeys } from '../../../src/core/envelope/keys/rewrap.ts'
import { RECIPIENTS } from '../../../src/core/envelope/limits.ts'
import { RULE_KINDS, type Rule } from '../../../src/core/envelope/values/rule.ts'
import { type OpenedSides, planEnvelope } from '../../../src/core/merge/envelopes.ts'
import { planSeal, sealMerged } from '../../../src/core/merge/seal.ts'
import {
  bytesOf,
  codeOf,
  type Member,
  newMember,
  open,
  refusal,
  type SealOptions,
  seal,
  textOf,
} from '../../support/sealing.ts'

let alice: Member
let bob: Member
let carol: Member
beforeAll(async () => {
  ;[alice, bob, carol] = [await newMember(), await newMember(), await newMember()]
})

const NOW = new Date('2026-05-05T00:00:00Z')

async function opened(text: string, members: readonly Member[], options: SealOptions = {}): Promise<OpenedFile> {
  return open(await seal(parseDotenv(text), members, options), alice.identity)
}

/** The same file with other variables, under its data key. */
async function edited(file: OpenedFile, text: string): Promise<OpenedFile> {
  return reopened((await encryptOver(file, parseDotenv(text), NOW))!)
}

function reopened(file: EncryptedFile): Promise<OpenedFile> {
  return open(printEncryptedFile(file), alice.identity)
}

/** With other text in it, as somebody without a key could change it. */
async function altered(file: OpenedFile, change: (text: string) => string): Promise<OpenedFile> {
  return open(bytesOf(change(textOf(printEncryptedFile(file.file)))), alice.identity)
}

async function merged(sides: OpenedSides, text: string): Promise<OpenedFile> {
  return reopened(await sealMerged(sides, planEnvelope(sides), { document: parseDotenv(text), now: NOW }))
}

/** Anybody can name a recipient: the wrapped key is a copy of somebody else's. */
function withRecipient(text: string, { recipient }: Member): string {
  return text.replace(/^sops_age__list_0__map_enc=(.*)$/m, (line, armored: string) =>
    [line, `sops_age__list_1__map_enc=${armored}`, `sops_age__list_1__map_recipient=${recipient.text}`].join('\n'),
  )
}

const recipients = ({ file }: OpenedFile) => file.metadata.wrappedKeys.map(({ recipient }) => recipient)
const sameKey = (one: OpenedFile, other: OpenedFile) => Buffer.from(one.dataKey).equals(other.dataKey)

describe('the data key of a merged file', () => {
  it('is that of the side which drew a new one', async () => {
    const base = await opened('A=1\n', [alice, bob])
    const fresh = await opened('A=1\n', [alice, bob])
    const other = await edited(base, 'A=2\n')
    expect(sameKey(await merged({ base, ours: other, theirs: fresh }, 'A=2\n'), fresh)).toBe(true)
    expect(sameKey(await merged({ base, ours: fresh, theirs: other }, 'A=2\n'), fresh)).toBe(true)
  })

  it('is a new one where each side took somebody else away', async () => {
    const base = await opened('A=1\n', [alice, bob, carol])
    const [ours, theirs] = [await opened('A=1\n', [alice, bob]), await opened('A=1\n', [alice, carol])]
    const result = await merged({ base, ours, theirs }, 'A=1\n')
    expect(recipients(result)).toEqual([alice.recipient.text])
    expect([ours, theirs, base].some((side) => sameKey(side, result))).toBe(false)
  })

  it('is a new one where somebody was taken away and the old one kept, as sops updatekeys does', async () => {
    const base = await opened('A=1\n', [alice, bob])
    const ours = await altered(base, (text) => text.replace(/^sops_age__list_1__.*\n/gm, ''))
    expect([recipients(ours), sameKey(base, ours)]).toEqual([[alice.recipient.text], true])
    const result = await merged({ base, ours, theirs: await edited(base, 'A=2\n') }, 'A=2\n')
    expect([recipients(result), sameKey(base, result)]).toEqual([[alice.recipient.text], false])
  })

  it('is wrapped for whoever one side added, and it is said when one side alone vouches for them', async () => {
    const base = await opened('A=1\n', [alice])
    const [ours, theirs] = [await opened('A=1\n', [alice, bob]), await opened('A=1\n', [alice, carol])]
    const sides = { base, ours, theirs }
    expect(planSeal(sides, planEnvelope(sides)).introduced).toEqual([carol.recipient.text])
    const named = await altered(base, (text) => withRecipient(text, carol))
    const forged = { base, ours: named, theirs: await opened('A=2\n', [alice]) }
    expect(planSeal(forged, planEnvelope(forged)).introduced).toEqual([carol.recipient.text])
    const result = await merged(sides, 'A=1\n')
    expect(sameKey(result, ours)).toBe(true)
    expect((await open(printEncryptedFile(result.file), carol.identity)).variables.get('A')?.value).toBe('1')
  })
})

describe('who opens a merged file', () => {
  it('is everybody of both, where both brought the file', async () => {
    const [ours, theirs] = [await opened('A=1\n', [alice]), await opened('A=1\n', [alice, bob])]
    const sides = { base: null, ours, theirs }
    expect(planSeal(sides, planEnvelope(sides)).introduced).toEqual([bob.recipient.text])
    const result = await merged(sides, 'A=1\n')
    expect([recipients(result), sameKey(result, ours)]).toEqual([
      [alice, bob].map(({ recipient }) => recipient.text),
      true,
    ])
  })

  it('is said under a new data key too, which whoever was taken away never gets', async () => {
    const base = await opened('A=1\n', [alice, bob])
    const ours = await altered(base, (text) => text.replace(/^sops_age__list_1__.*\n/gm, ''))
    const everybody = { recipients: [alice, bob, carol].map(({ recipient }) => recipient), now: NOW }
    const sides = { base, ours, theirs: await reopened((await rewrap(base, base.document, everybody)).file!) }
    const plan = planSeal(sides, planEnvelope(sides))
    expect([plan.envelope.over, plan.introduced]).toEqual([null, [carol.recipient.text]])
    expect(recipients(await merged(sides, 'A=1\n'))).toEqual([alice, carol].map(({ recipient }) => recipient.text))
  })

  it('has a bound', async () => {
    const base = await opened('A=1\n', [alice])
    const fresh = await opened('A=1\n', [alice])
    const theirs = await altered(base, (text) => withRecipient(text, carol))
    const crowded = (count: number): OpenedSides => {
      const [own] = fresh.file.metadata.wrappedKeys
      const others = Array.from({ length: count }, (_, at) => ({ ...own!, recipient: `somebody ${at}` }))
      return { base, ours: { ...fresh, file: withKeys(fresh.file, others) }, theirs }
    }
    expect(recipients(await merged(crowded(RECIPIENTS - 2), 'A=1\n'))).toHaveLength(RECIPIENTS)
    const sides = crowded(RECIPIENTS - 1)
    const seal = () => sealMerged(sides, planEnvelope(sides), { document: base.document, now: NOW })
    expect(await codeOf(seal)).toBe('limit')
  })
})

it('a person may settle a merge with what neither side has', async () => {
  const base = await opened('A=1\n', [alice])
  const sides = { base, ours: await edited(base, 'A=2\n'), theirs: await edited(base, 'A=3\n') }
  const result = await merged(sides, 'A=4\nNEW=5\n')
  expect([...result.variables].map(([name, { value }]) => [name, value])).toEqual([
    ['A', '4'],
    ['NEW', '5'],
  ])
})

describe('settings of a merged file', () => {
  const suffix = (pattern: string): SealOptions => ({ rule: { kind: 'unencrypted_suffix', pattern } })

  it('are those of the side that changed them', async () => {
    const base = await opened('A=1\nB_pub=1\n', [alice])
    const theirs = await opened('A=1\nB_pub=1\n', [alice], suffix('_pub'))
    const result = await merged({ base, ours: await edited(base, 'A=2\nB_pub=1\n'), theirs }, 'A=2\nB_pub=1\n')
    expect(textOf(printEncryptedFile(result.file))).toContain('\nB_pub=1\n')
    expect(result.file.metadata.rule.pattern).toBe('_pub')
  })

  it('conflict where both did', async () => {
    const base = await opened('A=1\n', [alice])
    const [ours, theirs] = [await opened('A=1\n', [alice], suffix('_x')), await opened('A=1\n', [alice], suffix('_y'))]
    expect(await codeOf(() => planEnvelope({ base, ours, theirs }))).toBe('unsupported')
  })

  it('conflict where both changed keys of a key service', async () => {
    const base = await opened('A=1\n', [alice])
    const withKms = (arn: string) =>
      altered(base, (text) => `${text}sops_kms__list_0__map_arn=${arn}\nsops_kms__list_0__map_enc=x\n`)
    const [ours, theirs] = [await withKms('one'), await withKms('two')]
    expect(await codeOf(() => planEnvelope({ base, ours, theirs }))).toBe('unsupported')
    expect(planEnvelope({ base, ours, theirs: base }).foreign).toEqual(['kms'])
    expect(planEnvelope({ base, ours: base, theirs }).foreign).toEqual(['kms'])
  })

  it('keep keys of a key service, so that no new data key can be drawn beside them', async () => {
    const withKms = async (members: readonly Member[]) =>
      altered(
        await opened('A=1\n', members),
        (text) => `${text}sops_kms__list_0__map_arn=one\nsops_kms__list_0__map_enc=x\n`,
      )
    const base = await withKms([alice, bob, carol])
    const sides = { base, ours: await withKms([alice, bob]), theirs: await withKms([alice, carol]) }
    const error = await refusal(() => merged(sides, 'A=1\n'))
    expect([error.code, error.message]).toEqual([
      'unsupported',
      'the merged file needs a new data key, which cannot be wrapped for kms',
    ])
  })
})

it('no merge bares a value that every side encrypts', async () => {
  const rule: Rule = { kind: 'encrypted_comment_regex', pattern: 'secret' }
  expect(RULE_KINDS).toContain(rule.kind)
  const base = await opened('# secret\nA=1\nB=1\n', [alice], { rule })
  const ours = await edited(base, '# secret\nA=2\nB=1\n')
  const sides = { base, ours, theirs: base }
  expect(await codeOf(() => merged(sides, 'A=2\nB=1\n'))).toBe('plaintext-value')
  expect((await merged(sides, '# secret\nA=2\nB=2\n')).variables.get('A')).toMatchObject({ encrypted: true })
})

it('a file without a line of the other kind reads back as it was', async () => {
  const base = await opened('A=1\n', [alice])
  expect(
    parseEncryptedFile(printEncryptedFile((await merged({ base, ours: base, theirs: base }, 'A=1\n')).file)),
  ).toEqual(base.file)
})
