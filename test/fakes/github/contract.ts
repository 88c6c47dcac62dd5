import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { findPeer } from '../../peers.ts'

/** A call as the fake saw it, and what it answered. */
export interface Exchange {
  readonly method: string
  /** The path as the description writes it: `/repos/{owner}/{repo}/issues`. */
  readonly template: string
  readonly path: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
  readonly status: number
  readonly answer: unknown
}

/** @returns what is wrong with an exchange, in lines; none when it is as GitHub describes it */
export type Contract = (exchange: Exchange) => string[]

type Json = Readonly<Record<string, unknown>>

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Json
}

interface Operation {
  readonly parameters?: readonly Json[]
  readonly requestBody?: { readonly content?: Json }
  readonly responses: Readonly<Record<string, Json>>
}

export const DESCRIPTION = 'github-openapi'

/**
 * GitHub's own OpenAPI description (@octokit/openapi) as a judge of what is asked and what is answered. The file is 13 MB: it is read
 * once in a test file, and of it only what an operation refers to is given to ajv, when the operation is first met.
 *
 * @returns null when the description is not among the peers
 */
export function openContract(edition: 'api.github.com' | 'ghes-3.19'): Contract | null {
  const folder = findPeer(DESCRIPTION)
  if (folder === null) return null
  return (exchange) => {
    const key = `${edition} ${exchange.method.toLowerCase()} ${exchange.template}`
    const judge = judges.get(key) ?? judgeOf(describe(folder, edition), exchange)
    judges.set(key, judge)
    return judge(exchange).map((fault) => `${exchange.method} ${exchange.template}: ${fault}`)
  }
}

type Judge = (exchange: Exchange) => string[]

/** By edition and operation; for all fakes of a test file, since a judge takes longer to make than a test. */
const judges = new Map<string, Judge>()
const descriptions = new Map<string, Description>()

function describe(folder: string, edition: string): Description {
  const path = join(folder, `${edition}.json`)
  const description = descriptions.get(path) ?? (JSON.parse(readFileSync(path, 'utf8')) as Description)
  descriptions.set(path, description)
  return description
}

function judgeOf(description: Description, { method, template }: Exchange): Judge {
  const operation = description.paths[template]?.[method.toLowerCase()]
  if (operation === undefined) return () => ['GitHub describes no such operation']
  const components = usedBy(description, operation)
  const compile = compiler({ components }, false)
  const request = compiler({ components }, true)(parametersOf(description, operation))
  const body = schemaIn(operation.requestBody)
  const checkBody = body === null ? null : compile(closed(body))
  const answers = new Map<number, ValidateFunction | null>()
  return (exchange) => {
    const { status } = exchange
    if (!answers.has(status)) answers.set(status, answerCheck(description, operation, status, compile))
    return [
      ...faultsOf('query', request, { path: exchange.path, query: exchange.query }),
      ...(checkBody === null ? [] : faultsOf('body', checkBody, exchange.body ?? {})),
      ...faultsOf(`answer ${status}`, answers.get(status) ?? null, exchange.answer),
    ]
  }
}

/** Refusals that an operation does not list have GitHub's usual form. */
function answerCheck(
  description: Description,
  { responses }: Operation,
  status: number,
  compile: (schema: Json) => ValidateFunction,
): ValidateFunction | null {
  const described = responses[status]
  if (described !== undefined) {
    const schema = schemaIn(resolve(description, described))
    return schema === null ? null : compile(schema)
  }
  if (status >= 400)
    return compile({ type: 'object', required: ['message'], properties: { message: { type: 'string' } } })
  return status >= 300 ? null : compile({ not: {} })
}

function faultsOf(where: string, check: ValidateFunction | null, data: unknown): string[] {
  if (check === null || check(data) === true) return []
  return (check.errors ?? []).slice(0, 3).map(({ instancePath, message }) => `${where}${instancePath}: ${message}`)
}

function compiler(root: Json, coerceTypes: boolean): (schema: Json) => ValidateFunction {
  const ajv = new Ajv({ strict: false, logger: false, allErrors: false, coerceTypes })
  formats.default(ajv)
  ajv.addSchema({ ...(rewritten(root) as Json), $id: 'github' })
  return (schema) => ajv.compile(rewritten(schema) as Json)
}

/** A name that GitHub does not know is ignored by it in silence, and would be missed. */
function closed(schema: Json): Json {
  return schema.properties === undefined ? schema : { ...schema, additionalProperties: false }
}

function parametersOf(description: Description, { parameters = [] }: Operation): Json {
  const all = parameters.map((parameter) => resolve(description, parameter))
  const within = (place: string) => {
    const here = all.filter((parameter) => parameter.in === place)
    return {
      type: 'object',
      properties: Object.fromEntries(here.map(({ name, schema }) => [name, schema])),
      required: here.filter(({ required }) => required === true).map(({ name }) => name),
      additionalProperties: false,
    }
  }
  return { type: 'object', properties: { path: within('path'), query: within('query') } }
}

function schemaIn(holder: { readonly content?: unknown } | undefined): Json | null {
  const media = (holder?.content as Record<string, { schema?: Json }> | undefined)?.['application/json']
  return media?.schema ?? null
}

function resolve(description: Description, node: Json): Json {
  return typeof node.$ref === 'string' ? resolve(description, pointed(description, node.$ref)) : node
}

function pointed(description: Description, reference: string): Json {
  const steps = reference.replace(/^#\//, '').split('/')
  return steps.reduce<unknown>((at, step) => (at as Json)[step], description) as Json
}

/** The components that an operation reaches, over any number of steps. */
function usedBy(description: Description, operation: Operation): Json {
  const used: Record<string, Record<string, unknown>> = {}
  const queue: unknown[] = [operation]
  while (queue.length > 0) {
    for (const reference of referencesIn(queue.pop())) {
      const [, , kind = '', name = ''] = reference.split('/')
      if (used[kind]?.[name] !== undefined) continue
      const component = pointed(description, reference)
      used[kind] = { ...used[kind], [name]: component }
      queue.push(component)
    }
  }
  return used
}

function referencesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const own = (node as Json).$ref
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(node).flatMap(referencesIn)]
}

/** OpenAPI 3.0 as JSON Schema: `nullable` is an alternative, and references lead to the one root. */
function rewritten(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewritten)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = node as Json
  const plain = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, rewritten(value)]))
  if (typeof plain.$ref === 'string' && plain.$ref.startsWith('#')) plain.$ref = `github${plain.$ref}`
  return nullable === true ? { anyOf: [{ type: 'null' }, plain] } : plain
}
