import { performance } from 'node:perf_hooks'
import { generateIdentity, recipientOf } from '../../src/core/age/identity.ts'
import { setEntry } from '../../src/core/dotenv/change.ts'
import { parseDotenv } from '../../src/core/dotenv/parse.ts'
import { unwrapWith } from '../../src/core/envelope/data-key.ts'
import { openFile } from '../../src/core/envelope/decrypt.ts'
import { encryptNew, encryptOver } from '../../src/core/envelope/encrypt.ts'
import { parseEncryptedFile, printEncryptedFile } from '../../src/core/envelope/file.ts'
import { DEFAULT_RULE } from '../../src/core/envelope/rule.ts'
import { median } from './paired.ts'

const SIZES = [10, 100, 1_000, 5_000, 20_000]
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
  const rounds = Math.max(3, Math.min(200, Math.ceil(20_000 / size)))
  const document = parseDotenv(source)
  const bytes = printEncryptedFile(await encryptNew(document, envelope, NOW))
  const open = async () => {
    const file = parseEncryptedFile(bytes)
    return openFile(file, (await unwrapWith(file.metadata.wrappedKeys, identity))!)
  }
  const opened = await open()
  const edited = setEntry(document, `KEY_${Math.floor(size / 2)}`, 'another value')
  return {
    parse: await time(size, rounds, async () => parseDotenv(source)),
    encrypt: await time(size, rounds, async () => printEncryptedFile(await encryptNew(document, envelope, NOW))),
    decrypt: await time(size, rounds, open),
    edit: await time(size, rounds, async () => printEncryptedFile((await encryptOver(opened, edited, NOW))!)),
  }
}

async function time(size: number, rounds: number, work: () => Promise<unknown>): Promise<number> {
  const samples: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await work()
    samples.push(performance.now() - start)
  }
  return Number(((median(samples) * 1000) / size).toFixed(2))
}
