import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { policySchemaText } from '../../../scripts/schema.ts'
import { parsePolicy } from '../../../src/core/policy/policy.ts'
import { testRules } from '../../../src/core/scan/custom/test-rules.ts'

const configuration = readFileSync('docs/configuration.md', 'utf8')
/** The entries of `rotation.credentials` have a page of their own. */
const documentation = configuration + readFileSync('docs/credentials.md', 'utf8')

/** What this test needs to know of JSON Schema. */
interface JsonSchema {
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly items?: JsonSchema
  readonly additionalProperties?: JsonSchema | boolean
  readonly anyOf?: readonly JsonSchema[]
}

const schema = JSON.parse(policySchemaText()) as JsonSchema

/** Every key by its way from the top: `files[].path`. */
function keysOf(at: JsonSchema, before = ''): { readonly key: string; readonly schema: JsonSchema }[] {
  const inItems = at.items === undefined ? [] : keysOf(at.items, `${before}[]`)
  const own = Object.entries(at.properties ?? {}).flatMap(([name, inner]) => {
    const key = before === '' ? name : `${before}.${name}`
    return [{ key, schema: inner }, ...keysOf(inner, key)]
  })
  const inEntries = typeof at.additionalProperties === 'object' ? keysOf(at.additionalProperties, `${before}.NAME`) : []
  const inOptions = (at.anyOf ?? []).flatMap((option) => keysOf(option, before))
  return [...own, ...inItems, ...inEntries, ...inOptions]
}

const keys = keysOf(schema)

function entriesOf({ additionalProperties }: JsonSchema): JsonSchema | null {
  return typeof additionalProperties === 'object' ? additionalProperties : null
}

describe('the JSON Schema of sealward.yml', () => {
  it('is the committed one', () => {
    expect(readFileSync('docs/sealward.schema.json', 'utf8')).toBe(policySchemaText())
  })

  it.each(keys)('describes $key', ({ schema: { description } }) => {
    expect(description).toMatch(/^[A-Z].*\.$/)
  })

  it('leaves no map open to keys that the parser refuses', () => {
    const maps = [schema, ...keys.map(({ schema: inner }) => inner.items ?? entriesOf(inner) ?? inner)]
      .flatMap((inner) => [inner, ...(inner.anyOf ?? [])])
      .filter(({ properties }) => properties)
    expect(maps.length).toBeGreaterThan(16)
    expect(maps.every(({ additionalProperties }) => additionalProperties === false)).toBe(true)
  })
})

describe('docs/configuration.md', () => {
  it.each(keys)('names $key', ({ key }) => {
    expect(documentation).toContain(`\`${key}\``)
  })

  it('names no key that there is not', () => {
    const sections = Object.keys(schema.properties ?? {}).join('|')
    const named = [...documentation.matchAll(new RegExp(`\`((?:${sections})[[.][^\`]*)\``, 'g'))].map(
      (match) => match[1]!,
    )
    expect(named.length).toBeGreaterThan(60)
    expect(named.filter((key) => !keys.some((known) => known.key === key))).toEqual([])
  })

  it('has an example that is valid, and uses every section', async () => {
    const [example = ''] = [...configuration.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1]!)
    const policy = parsePolicy(example, 'docs/configuration.md')
    expect([policy.recipients.size, policy.files.length, policy.hook.allow.length]).toEqual([2, 2, 1])
    expect([policy.scan.ignore.length, policy.scan.rules.length]).toEqual([1, 1])
    expect(await testRules(policy.scan.rules, { file: 'f', taken: new Set() })).toEqual([])
    expect([...(policy.schema?.rules.keys() ?? [])]).toEqual(['DATABASE_URL', 'LOG_LEVEL'])
    const { environments, secrets, certificates, endpoints, rotation } = policy
    expect([environments.length, secrets.length, certificates.length, endpoints.length]).toEqual([1, 3, 1, 2])
    expect(rotation.credentials.map(({ name }) => name)).toEqual(['orders-db'])
  })
})

describe('docs/credentials.md', () => {
  const blocks = readFileSync('docs/credentials.md', 'utf8').matchAll(/```yaml\n(.*?)```/gs)
  // Workflows are held to what they are in another test.
  const examples = Array.from(blocks, ([, block]) => block!).filter((block) => !/^jobs:/m.test(block))

  it.each(examples)('has an example that is valid: %#', (example) => {
    expect(parsePolicy(example, 'docs/credentials.md').rotation.credentials).not.toHaveLength(0)
  })
})
