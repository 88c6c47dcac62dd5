import type { Schema } from '../../core/schema/schema.ts'
import type { Configs, NearestConfig, Teller } from '../world.ts'

const SCHEMA_FILES = ['.env.schema']
const POLICY_FILES = ['sealward.yml', 'sealward.yaml']

export interface SchemaWorld {
  readonly configs: Configs
  readonly teller: Teller
}

/**
 * What is asked of the variables of these encrypted files: for each the nearest `.env.schema`, or else the section `schema` of its
 * sealward.yml. One that several files share counts once. docs/configuration.md.
 *
 * @throws SealwardError policy-invalid
 */
export async function findSchemas(files: readonly string[], world: SchemaWorld): Promise<readonly Schema[]> {
  const schemas = new Map<string, Schema>()
  for (const file of files) {
    const schema = (await fromSchemaFile(file, world)) ?? (await fromPolicy(file, world.configs))
    if (schema !== null) schemas.set(schema.file, schema)
  }
  return [...schemas.values()]
}

async function fromSchemaFile(path: string, { configs, teller }: SchemaWorld): Promise<Schema | null> {
  const config = await configs.nearest(SCHEMA_FILES, path)
  if (config === null) return null
  const { parseSchemaFile } = await import('../../core/schema/schema.ts')
  const schema = parseSchemaFile(config.bytes, config.file)
  if (schema === null) teller.warn('a .env.schema is in the syntax of another tool, and is not checked')
  return schema
}

/** Most configurations ask nothing of values, and reading one costs more than opening a file. */
async function fromPolicy(path: string, configs: Configs): Promise<Schema | null> {
  const config = await configs.nearest(POLICY_FILES, path)
  if (config === null || !mentionsSchema(config)) return null
  const { parsePolicy } = await import('../../core/policy/policy.ts')
  return parsePolicy(config.bytes, config.file).schema
}

/** A key can be spelled with escapes in YAML, so the quotes that those need count as a mention. */
function mentionsSchema({ bytes }: NearestConfig): boolean {
  const text = Buffer.from(bytes)
  return text.includes('schema') || text.includes('\\')
}
