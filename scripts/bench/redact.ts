import { randomBytes, randomInt } from 'node:crypto'
import type { SecretValue } from '../../src/core/mask/plan.ts'
import { redactionOf } from '../../src/core/redact/redaction.ts'

const CHUNK = 64 * 1024
const WORDS =
  'the quick request GET POST /api/v1/users 200 OK info warn error msg time=2026-01-01T00:00:00Z path host https:// id'

/** Prints how fast a stream is filtered when a hundred secrets are to be hidden in it. */
export function benchRedact(): void {
  const secrets = drawSecrets(100)
  const start = performance.now()
  const redaction = redactionOf({ secrets })
  console.log(`\nredact: 100 secrets prepared in ${(performance.now() - start).toFixed(0)} ms`)
  for (const [name, text] of Object.entries(texts(secrets))) {
    const best = Math.min(...Array.from({ length: 3 }, () => time(() => filterAll(redaction.open(), text))))
    console.log(`redact: ${name.padEnd(28)} ${(text.length / 1000 / best).toFixed(0)} MB/s (goal: at least 50)`)
  }
}

function drawSecrets(count: number): SecretValue[] {
  return Array.from({ length: count }, (_, at) => ({
    name: `KEY_${at}`,
    value: randomBytes(24 + (at % 16)).toString('base64url'),
  }))
}

function texts(secrets: readonly SecretValue[]): Record<string, Buffer> {
  const words = WORDS.split(' ')
  const line = () => Array.from({ length: 12 }, () => words[randomInt(words.length)]).join(' ')
  const cut = secrets[3]!.value.slice(0, -1)
  return {
    'a log': Buffer.from(Array.from({ length: 100_000 }, line).join('\n')),
    'random base64': Buffer.from(randomBytes(6_000_000).toString('base64')),
    'a secret in every line': Buffer.from(
      secrets
        .map(({ value }) => `token=${value} done\n`)
        .join('')
        .repeat(1500),
    ),
    'a secret without its end': Buffer.from(`${cut} `.repeat(200_000)),
  }
}

function filterAll(filter: { push(chunk: Uint8Array): Uint8Array; end(): Uint8Array }, text: Buffer): void {
  for (let from = 0; from < text.length; from += CHUNK) filter.push(text.subarray(from, from + CHUNK))
  filter.end()
}

function time(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
