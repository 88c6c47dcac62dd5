import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CorpusFile, generateCorpus, generateHalf, PRODUCTIONS, SEED } from './generator/corpus.ts'
import { DIALECTS } from './generator/dialects/all.ts'
import { NOUNS } from './generator/vocabulary/words.ts'
import { writeCorpus } from './generator/write-corpus.ts'

const corpus = generateCorpus(SEED)
const inHalf = (half: string) => corpus.filter((file) => file.half === half)
const secrets = (files: readonly CorpusFile[]) => files.flatMap((file) => file.secrets)
const negatives = (files: readonly CorpusFile[]) => files.flatMap((file) => file.negatives)

/** The four groups by which the field is described. */
const GROUPS: readonly (readonly [name: string, kinds: RegExp, low: number, high: number])[] = [
  [
    'assignments, commands and keys near words',
    /password|passphrase|^token$|^api-key$|encryption-key|^secret$|salt|seed|call-|comment|command|sql/,
    58,
    72,
  ],
  ['URLs, headers and connection strings', /url|connection|basic|bearer|header/, 10, 20],
  ['private keys, JWK and JWT', /private-key|jwk|jwt/, 6, 14],
  ['tokens of providers', /provider-token/, 6, 14],
]

/** What the line of a label has to show, for the kinds that cannot be mistaken. */
const SHAPES: readonly (readonly [kind: string, shape: RegExp])[] = [
  ['private-key', /PRIVATE KEY-----|LS0tLS1CRUdJTi/],
  ['jwk', /jwk|kty/],
  ['jwt', /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}/],
  ['bearer', /Bearer [\w.-]{16}/],
  ['basic-auth', /Basic [\w+/]{8}|"auth": "[\w+/]{8}/],
  ['url-credentials', /:\/\/\S*:\S+@/],
  ['url-query', /[?&]\S*(?:&amp;|&)\w+=\w{16}/],
  ['url-placeholder', /:\/\/\S+:\S+@/],
  ['connection-string', /password=|Password=|Pwd=|PWD=|AccountKey=|SharedAccessKey=/],
]

describe('the labelled corpus', () => {
  it('has at least 1,500 secrets and 3,000 negatives', () => {
    expect(secrets(corpus).length).toBeGreaterThanOrEqual(1500)
    expect(negatives(corpus).length).toBeGreaterThanOrEqual(3000)
  })

  it.each(['open', 'hidden'])('has at least 45 per cent of both in the %s half', (half) => {
    expect(secrets(inHalf(half)).length / secrets(corpus).length).toBeGreaterThanOrEqual(0.45)
    expect(negatives(inHalf(half)).length / negatives(corpus).length).toBeGreaterThanOrEqual(0.45)
  })

  it('is the same under the same seed, and another under another', () => {
    expect(generateCorpus(SEED)).toEqual(corpus)
    expect(generateHalf(SEED + 1, 'open')[0]?.text).not.toBe(corpus[0]?.text)
  })

  it('labels lines that exist and are not empty', () => {
    for (const { path, text, ...file } of corpus) {
      const lines = text.split('\n')
      for (const { line, end } of [...file.secrets, ...file.negatives]) {
        expect(line, path).toBeLessThanOrEqual(end)
        expect(lines[line - 1]?.trim(), `${path}:${line}`).toBeTruthy()
        expect(lines[end - 1]?.trim(), `${path}:${end}`).toBeTruthy()
      }
    }
  })

  it.each(SHAPES)('labels the very line that holds a %s', (kind, shape) => {
    const labelled = corpus.flatMap(({ text, ...file }) => {
      const lines = text.split('\n')
      return [...file.secrets, ...file.negatives]
        .filter((label) => label.kind === kind)
        .map(({ line }) => lines[line - 1])
    })
    expect(labelled.length).toBeGreaterThan(20)
    for (const line of labelled) expect(line).toMatch(shape)
  })

  it('labels no line both ways, and none twice', () => {
    for (const file of corpus) {
      const lines = [...file.secrets, ...file.negatives].flatMap(({ line, end }) =>
        Array.from({ length: end - line + 1 }, (_, at) => line + at),
      )
      expect(new Set(lines).size, file.path).toBe(lines.length)
    }
  })

  it('leaves no slot of a template unfilled where no value can look like one', () => {
    for (const { path, text, negatives: found } of corpus) {
      const lines = text.split('\n')
      for (const { line, kind } of found) {
        if (kind === 'mention' || kind === 'prose') expect(lines[line - 1], path).not.toMatch(/%[nNEvrkDtTwWfFuhdic]\b/)
      }
    }
  })

  it.each(GROUPS)('has %s in the proportion of the field', (_, kinds, low, high) => {
    const share = (100 * secrets(corpus).filter(({ kind }) => kinds.test(kind)).length) / secrets(corpus).length
    expect(share).toBeGreaterThanOrEqual(low)
    expect(share).toBeLessThanOrEqual(high)
  })

  it('counts every kind of secret in exactly one group', () => {
    for (const { kind } of secrets(corpus))
      expect(
        GROUPS.filter(([, kinds]) => kinds.test(kind)),
        kind,
      ).toHaveLength(1)
  })

  it('writes one half with its labels, and nothing of the other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'corpus-'))
    try {
      expect(await writeCorpus(folder, 'open')).toBe(inHalf('open').length)
      const rows = (await readFile(join(folder, 'labels.jsonl'), 'utf8')).trimEnd().split('\n')
      expect(rows).toHaveLength(secrets(inHalf('open')).length + negatives(inHalf('open')).length)
      const { path, text } = inHalf('open')[0] as CorpusFile
      expect(await readFile(join(folder, 'files', path), 'utf8')).toBe(text)
      expect(JSON.parse(rows[0] as string)).toMatchObject({ path, line: expect.any(Number), secret: true })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('gives every file a path of its own', () => {
    for (const half of ['open', 'hidden']) {
      const paths = inHalf(half).map((file) => file.path)
      expect(new Set(paths).size).toBe(paths.length)
    }
  })

  it('keeps words of one half out of the other', () => {
    expect(NOUNS.open.filter((word) => NOUNS.hidden.includes(word))).toEqual([])
    const hidden = inHalf('hidden')
      .map((file) => file.text)
      .join('')
    for (const word of NOUNS.open) expect(hidden.toLowerCase(), word).not.toMatch(new RegExp(`\\b${word}\\b`))
  })

  it('keeps about 15 per cent of its forms for the hidden half', () => {
    const reserved =
      PRODUCTIONS.filter(({ hidden }) => hidden).length + sum(DIALECTS.map(([dialect]) => dialect.hiddenSites.length))
    const all = PRODUCTIONS.length + sum(DIALECTS.map(([dialect]) => dialect.sites.length + dialect.hiddenSites.length))
    expect(reserved / all).toBeGreaterThanOrEqual(0.13)
    expect(reserved / all).toBeLessThanOrEqual(0.2)
  })
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
