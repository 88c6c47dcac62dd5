import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { checkSchema, printFaults } from '../../../src/core/schema/check.ts'
import { parseSchemaFile } from '../../../src/core/schema/schema.ts'
import { VALUE_TYPES } from '../../../src/core/schema/types.ts'
import { refusal } from '../dotenv/reading.ts'

const schemaOf = (text: string) => parseSchemaFile(new TextEncoder().encode(text), '.env.schema')!
const faultsOf = async (rule: string, values: Record<string, string>) =>
  (await checkSchema(new Map(Object.entries(values)), schemaOf(`X: ${rule}`))).map(
    ({ name, what }) => `${name} ${what}`,
  )

describe('checkSchema', () => {
  test.each([
    ['{ required: true }', undefined, ['X is missing']],
    ['{ required: true }', '', ['X is empty']],
    ['{ required: true }', ' ', []],
    ['{}', undefined, []],
    ['{ type: port, min-length: 1, not-a-placeholder: true, pattern: x, enum: [a] }', undefined, []],
    ['{ type: port, min-length: 1, not-a-placeholder: true, pattern: x, enum: [a] }', '', []],
    ['{ type: port }', '80', []],
    ['{ type: port }', '0', ['X is not a port (1 to 65535)']],
    ['{ pattern: "^ab" }', 'xab', ['X does not match its pattern']],
    ['{ pattern: b }', 'abc', []],
    ['{ enum: [debug, "1"] }', '1', []],
    ['{ enum: [debug, "1"] }', 'Debug', ['X is none of the values it may have']],
    ['{ min-length: 3 }', '\u{1F512}\u{1F512}', ['X has fewer than 3 characters']],
    ['{ max-length: 2 }', '\u{1F512}\u{1F512}', []],
    ['{ max-length: 2 }', 'abc', ['X has more than 2 characters']],
    ['{ not-a-placeholder: true }', 'changeme', ['X is a placeholder']],
    ['{ not-a-placeholder: true, type: url, min-length: 50 }', '<your-url>', ['X is a placeholder']],
    ['{ not-a-placeholder: true }', 'ch4ngeme', []],
    [
      '{ type: integer, min-length: 9, pattern: z }',
      'ab',
      ['X is not a whole number', 'X does not match its pattern', 'X has fewer than 9 characters'],
    ],
  ])('by %s finds in %j: %j', async (rule, value, wanted) => {
    expect(await faultsOf(rule, value === undefined ? {} : { X: value })).toEqual(wanted)
  })

  test('says nothing of variables that are not listed', async () => {
    expect(await faultsOf('{ required: true }', { X: 'x', OTHER: '' })).toEqual([])
  })

  test('never shows a value, whatever is wrong with it', async () => {
    for (const type of VALUE_TYPES) {
      const secret = `*${randomBytes(12).toString('hex')}`
      const faults = await faultsOf(`{ type: ${type}, pattern: z, enum: [a], max-length: 3 }`, { X: secret })
      expect(faults.length).toBeGreaterThan(2)
      expect(inspect(faults)).not.toContain(secret.slice(1, 8))
    }
  })

  test.each(['(', '(?=x)', `${'x'.repeat(1001)}`])(
    'refuses the pattern %j with its line, though no value is there',
    async (pattern) => {
      const schema = schemaOf(`A: {}\nB:\n  pattern: "${pattern}"`)
      const error = await checkSchema(new Map(), schema).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'policy-invalid', file: '.env.schema', line: 2 })
    },
  )

  test('prints 50 faults, and how many more there are', () => {
    const faults = Array.from({ length: 52 }, (_, index) => ({ name: `V${index}`, what: 'is missing' }))
    expect(printFaults(faults)).toMatch(/^V0 is missing; V1 is missing;.*; V49 is missing; and 2 more$/)
    expect(printFaults(faults.slice(0, 1))).toBe('V0 is missing')
  })
})

describe('a .env.schema', () => {
  test.each([
    ['X: { requird: true }', 'did you mean required?'],
    ['X: { type: int }', 'X.type must be one of string, number'],
    ['X: { min-length: -1 }', 'must not be negative'],
    ['X: { min-length: 1.5 }', 'must be a whole number'],
    ['X: { min-length: 3, max-length: 2 }', 'has a min-length above its max-length'],
    ['X: { enum: [] }', 'must not be empty'],
    ['X: { enum: [1] }', 'must be text'],
    ['X: { pattern: "" }', 'must not be empty'],
    ['X: required', 'must be a map'],
    ['X:', 'has no value'],
    ['1X: {}', 'is not the name of a variable'],
    ['X: {}\nX: {}', 'stands in the same map already'],
    ['- X', 'must be a map'],
    ['X', 'must be a map'],
  ])('that says %j is refused: %s', (text, message) => {
    expect(refusal(() => schemaOf(text))).toMatchObject({
      code: 'policy-invalid',
      file: '.env.schema',
      message: expect.stringContaining(message),
    })
  })

  test.each(['', '# nothing\n', '{}'])('that says %j asks nothing', async (text) => {
    expect(await checkSchema(new Map(), schemaOf(text))).toEqual([])
  })

  test.each(['# @required\nKEY=\n', '\n\n  export KEY = x\n', 'KEY=a: {}'])(
    'in dotenv syntax (%j) is not ours',
    (text) => {
      expect(parseSchemaFile(new TextEncoder().encode(text), 'x')).toBeNull()
    },
  )
})
