import { generateIdentity, recipientOf } from '../../src/core/age/identity.ts'
import { setEntry } from '../../src/core/dotenv/change.ts'
import { parseDotenv } from '../../src/core/dotenv/parse.ts'
import { openFile } from '../../src/core/envelope/decrypt.ts'
import { encryptNew, encryptOver } from '../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../src/core/envelope/file.ts'
import { unwrapWith } from '../../src/core/envelope/keys/data-key.ts'
import { DEFAULT_RULE } from '../../src/core/envelope/values/rule.ts'
import { median } from './paired.ts'

const SIZES = [10, 100, 1_000, 5_000, 20_000]
const SAMPLE_KEYS = 20_000
const ROUNDS = 9
const NOW = new Date('2026-01-01T00:00:00Z')

/** Prints microseconds a key for parse, encrypt, decrypt and edit, each apart. */
export async function benchPerKey(): Promise<void> {
  const identity = await generateIdentity('x25519')
  const envelope = { recipients: [await recipientOf(identity)], rule: DEFAULT_RULE, macOnlyEncrypted: false }
  const rows: Record<string, number>[] = []
  await measureAll(2_000, { identity, envelope }) // warm-up: the figures are those of compiled code
  for (const size of SIZES) rows.push({ keys: size, ...(await measureAll(size, { identity, envelope })) })
  console.log('\nmicroseconds a key, after warm-up')
  console.table(rows)
  const [small, large] = [rows.find(({ keys }) => keys === 1_000)!, rows.at(-1)!]
  for (const step of ['parse', 'encrypt', 'decrypt', 'edit'])
    console.log(
      `${step.padEnd(8)} 20,000 keys against 1,000: ${(large[step]! / small[step]!).toFixed(2)} times the cost a key (goal: at most 1.25)`,
    )
}

type Setting = { identity: Awaited<ReturnType<typeof generateIdentity>>; envelope: Parameters<typeof encryptNew>[1] }

async function measureAll(size: number, { identity, envelope }: Setting): Promise<Record<string, number>> {
  const source = Array.from(
    { length: size },
    (_, index) => `KEY_${index}=value-${index}-abcdefghijklmnopqrstuvwxyz`,
  ).join('\n')
  const plaintext = Buffer.from(source)
  const document = parseDotenv(plaintext)
  const bytes = printEncryptedFile(await encryptNew(document, envelope, NOW))
  const open = async () => {
    const file = parseEncryptedFile(bytes)
    return openFile(file, (await unwrapWith(file.metadata.wrappedKeys, identity))!)
  }
  const opened = await open()
  const edited = setEntry(document, `KEY_${Math.floor(size / 2)}`, 'another value')
  return {
    parse: await time(size, async () => parseDotenv(plaintext)),
    encrypt: await time(size, async () => printEncryptedFile(await encryptNew(document, envelope, NOW))),
    decrypt: await time(size, open),
    edit: await time(size, async () => printEncryptedFile((await encryptOver(opened, edited, NOW))!)),
  }
}

/**
 * Every sample is 20,000 keys, in as many files as that takes. CPU time, not wall: a busy machine stretches the one and
 * not the other.
 */
async function time(size: number, work: () => Promise<unknown>): Promise<number> {
  const samples: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage()
    for (let keys = 0; keys < SAMPLE_KEYS; keys += size) await work()
    const { user, system } = process.cpuUsage(before)
    samples.push((user + system) / SAMPLE_KEYS)
  }
  return Number(median(samples).toFixed(3))
}
