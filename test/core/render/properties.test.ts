import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import type { DotenvEntry } from '../../../src/core/dotenv/document.ts'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { renderProperties } from '../../../src/core/render/properties.ts'
import * as any from '../dotenv/arbitraries.ts'
import { refusal, valuesOf } from '../dotenv/reading.ts'

const entry = (name: string, value: string): DotenvEntry => ({ kind: 'entry', name, value })

test('every line is a name and a value in ASCII', () => {
  expect(renderProperties(parseDotenv('# head\nA=1\n\nB=" \\\\ x=y:z "\nC="é\n\u{1F512}\t"\nD=\n'))).toBe(
    'A=1\nB=\\u0020\\\\ x=y:z\\u0020\nC=\\u00e9\\n\\ud83d\\udd12\\t\nD=\n',
  )
  expect(renderProperties([])).toBe('')
})

test.each([
  ['a b', 'a\\ b='],
  ['#a', '\\#a='],
  ['!a', '\\!a='],
  ['a:b', 'a\\:b='],
  ['é', '\\u00e9='],
])('the foreign name %j is written as %s', (name, written) => {
  expect(renderProperties([entry(name, '')])).toBe(`${written}\n`)
})

test('a value that is no text is refused by name', () => {
  const error = refusal(() => renderProperties([entry('KEY', 'x\uD800')]))
  expect(error).toMatchObject({ code: 'not-representable', message: expect.stringContaining('KEY') })
})

/** Prints each name and value as UTF-16 code units in hex, so that no encoding of a terminal comes between. */
const READER = `
import java.io.*; import java.nio.charset.*; import java.util.*;
class Read {
  public static void main(String[] args) throws IOException {
    for (String charset : new String[] {null, "UTF-8"}) {
      Properties all = new Properties();
      FileInputStream in = new FileInputStream(args[0]);
      if (charset == null) all.load(in); else all.load(new InputStreamReader(in, charset));
      for (String name : all.stringPropertyNames()) System.out.println(hex(name) + "=" + hex(all.getProperty(name)));
      System.out.println("--");
    }
  }
  static String hex(String text) {
    StringBuilder out = new StringBuilder();
    for (char unit : text.toCharArray()) out.append(String.format("%04x", (int) unit));
    return out.toString();
  }
}`

describe.skipIf(!hasJava())('java.util.Properties', () => {
  const folder = mkdtempSync(join(tmpdir(), 'properties-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'Read.java'), READER)

  /** Both readings: by bytes (ISO-8859-1), and as UTF-8. */
  function javaReads(text: string): readonly Record<string, string>[] {
    const file = join(folder, 'all.properties')
    writeFileSync(file, text)
    const output = execFileSync('java', [join(folder, 'Read.java'), file], { encoding: 'utf8', maxBuffer: 2 ** 26 })
    return output
      .split('--\n')
      .slice(0, 2)
      .map((lines) => Object.fromEntries(lines.trim().split('\n').filter(Boolean).map(readLine)))
  }

  const readLine = (line: string) => line.split('=').map(fromHex) as [string, string]
  const fromHex = (hex: string) =>
    (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')

  test('gives every value back, of names of any kind', () => {
    const foreign = ['a b', '#a', '!a', 'a:b', 'é', 'a\\b', 'k.e-y'].map((name) => entry(name, name))
    const values = fc.sample(any.value, { numRuns: 3000, seed: 42 })
    const edges = [
      ' ',
      '  a  ',
      '\\',
      'a\\',
      '\t',
      '\f a',
      '\r',
      '\n#x=y',
      '= a',
      ': a',
      '!a',
      '\\u0041',
      '\u0085',
      '\u2028',
    ]
    const entries = [...values, ...edges].map((value, index) => entry(`V${index}`, value))
    const document = [...foreign, ...entries]
    const text = renderProperties(document)
    expect(text).toMatch(/^[\n -~]*$/)
    expect(javaReads(text)).toEqual([valuesOf(document), valuesOf(document)])
  })
})

function hasJava(): boolean {
  try {
    execFileSync('java', ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
