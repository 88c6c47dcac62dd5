import type { Schema } from '../../core/schema/schema.ts'
import type { Configs, Teller } from '../world.ts'
import { policyMentioning } from './policy-for.ts'

export const SCHEMA_FILES: readonly string[] = ['.env.schema']

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
    const schema =
      (await fromSchemaFile(file, world)) ??
      (await policyMentioning('schema', file, world.configs))?.policy.schema ??
      null
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
