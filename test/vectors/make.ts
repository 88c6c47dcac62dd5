import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { armor, Encrypter, generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { Sops } from '../support/sops.ts'
import { brokenVectors } from '../support/vectors/broken.ts'
import { oldSopsVectors, sopsVectors } from '../support/vectors/sops.ts'
import { printVector, type Vector } from '../support/vectors/vector.ts'
import { type Maker, wholeVectors } from '../support/vectors/whole.ts'

/**
 * Writes test/vectors/envelope anew: `node test/vectors/make.ts SOPS OLDER-SOPS...` with the programs' paths. Nothing of
 * src/core makes a byte of them. Keeps the identities; everything else is random and differs after every run.
 */
const folder = join(import.meta.dirname, 'envelope')
const identityFile = join(folder, 'identity.txt')

async function main([current = 'sops', ...older]: string[]): Promise<void> {
  mkdirSync(folder, { recursive: true })
  if (!existsSync(identityFile)) writeFileSync(identityFile, await newIdentities())
  const [x25519, hybrid] = await Promise.all(identities().map((identity) => identityToRecipient(identity)))
  const others = await Promise.all(
    Array.from({ length: 11 }, async () => identityToRecipient(await generateX25519Identity())),
  )
  const dataKey = randomBytes(32)
  const maker: Maker = { dataKey, keys: [{ recipient: x25519!, armored: await wrap(dataKey, x25519!) }] }
  const wrappings = { short: await wrap(randomBytes(31), x25519!), stranger: await wrap(dataKey, others[0]!) }
  const sops = new Sops(current, readFileSync(identityFile, 'utf8'))
  const vectors = [
    ...wholeVectors(maker),
    ...brokenVectors(maker, wrappings),
    ...sopsVectors(sops, { x25519: x25519!, hybrid: hybrid!, others }),
    ...older.flatMap((program) => oldVectors(program, { x25519: x25519!, others })),
  ]
  sops.close()
  replaceAll(vectors)
}

function oldVectors(program: string, recipients: { x25519: string; others: readonly string[] }): Vector[] {
  const sops = new Sops(program, readFileSync(identityFile, 'utf8'))
  const vectors = oldSopsVectors(sops, recipients)
  sops.close()
  return vectors
}

function replaceAll(vectors: readonly Vector[]): void {
  for (const name of readdirSync(folder)) if (name !== 'identity.txt') rmSync(join(folder, name))
  for (const vector of vectors) writeFileSync(join(folder, `${vector.name}.txt`), printVector(vector))
  console.log(`${vectors.length} vectors`)
}

async function newIdentities(): Promise<string> {
  const label = '# Two identities made for the test vectors beside this file. They open nothing else, and never will.'
  return [label, await generateX25519Identity(), await generateHybridIdentity(), ''].join('\n')
}

function identities(): string[] {
  return readFileSync(identityFile, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('AGE-'))
}

async function wrap(dataKey: Uint8Array, recipient: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return armor.encode(await encrypter.encrypt(dataKey))
}

await main(process.argv.slice(2))
