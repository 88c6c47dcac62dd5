import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { parseDotenv } from '../../../src/core/dotenv/parse.ts'
import { FORMATS } from '../../../src/core/render/format.ts'
import { render } from '../../../src/core/render/render.ts'
import { refusal } from '../dotenv/reading.ts'

const options = { secretName: 'x' }

test('the formats are listed in the order of the help text', () => {
  expect(FORMATS).toEqual(['dotenv', 'json', 'shell', 'yaml', 'docker', 'k8s', 'properties'])
})

test('docs/export.md has a row for each', () => {
  const rows = [
    ...readFileSync('docs/export.md', 'utf8').matchAll(/^\| `([a-z0-9]+)` \| [^|]* \| [^|]*(?:value|values)/gm),
  ]
  expect(rows.map((match) => match[1])).toEqual(FORMATS)
})

test('each name leads to its own renderer', () => {
  const document = parseDotenv('# c\n\nA=1\n')
  const firstLines = FORMATS.map((format) => [format, render(format, document, options).split('\n')[0]])
  expect(Object.fromEntries(firstLines)).toEqual({
    dotenv: '# c',
    json: '{',
    shell: "export A='1'",
    yaml: '"A": "1"',
    docker: 'A=1',
    k8s: 'apiVersion: v1',
    properties: 'A=1',
  })
})

test.each(FORMATS)('%s ends with one line feed', (format) => {
  expect(render(format, parseDotenv('A=1\n'), options)).toMatch(/[^\n]\n$/)
})

test('dotenv keeps comments and blank lines, and the others keep the variables alone', () => {
  const document = parseDotenv('# commented-out\n\nA=1\n')
  const holding = FORMATS.filter((format) => render(format, document, options).includes('commented-out'))
  expect(holding).toEqual(['dotenv'])
})

test.each(FORMATS)('a refusal of %s holds no part of the value', (format) => {
  const secret = randomBytes(12).toString('hex')
  const error = refusal(() => render(format, [{ kind: 'entry', name: 'KEY', value: `${secret}\0${secret}` }], options))
  expect(inspect({ ...error, message: error.message })).not.toContain(secret)
  expect(error).toMatchObject({ code: 'not-representable', message: expect.stringContaining('KEY') })
})
