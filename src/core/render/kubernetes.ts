import { Buffer } from 'node:buffer'
import type { Document, DotenvEntry } from '../dotenv/document.ts'
import { SealwardError } from '../errors.ts'
import { variablesOf } from './variables.ts'
import { yamlString } from './yaml.ts'

/** The bounds that the Kubernetes API puts on a Secret: its values together, one key, and its name (RFC 1123 subdomain). */
const DATA_BYTES = 1024 * 1024
const KEY_LENGTH = 253
const NAME_LENGTH = 253

/**
 * The manifest of an Opaque Secret. Values are in `data`, as base64, so that no YAML reader can change them.
 *
 * @throws SealwardError name-invalid for a variable or for a secret name with no letter or digit, not-representable, or limit
 */
export function renderKubernetes(document: Document, { secretName }: { readonly secretName: string }): string {
  const variables = variablesOf(document, 'k8s')
  for (const { name } of variables) checkKey(name)
  checkTotal(variables)
  const data = variables.map(
    ({ name, value }) => `  ${yamlString(name)}: ${yamlString(Buffer.from(value).toString('base64'))}\n`,
  )
  const head = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${yamlString(objectName(secretName))}\ntype: Opaque\n`
  return data.length === 0 ? `${head}data: {}\n` : `${head}data:\n${data.join('')}`
}

/** Lower-case letters, digits and single hyphens: a name that is valid wherever Kubernetes asks for one. */
function objectName(text: string): string {
  const words = text.toLowerCase().split(/[^a-z0-9]+/)
  const name = words.filter((word) => word !== '').join('-')
  if (name !== '') return name.slice(0, NAME_LENGTH).replace(/-$/, '')
  throw new SealwardError('name-invalid', 'a Kubernetes name needs a letter or a digit', {
    hint: 'give the secret a name',
  })
}

function checkKey(name: string): void {
  if (name.length <= KEY_LENGTH) return
  throw new SealwardError(
    'name-invalid',
    `a variable name is longer than the ${KEY_LENGTH} characters of a Kubernetes key`,
  )
}

function checkTotal(variables: readonly DotenvEntry[]): void {
  const total = variables.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0)
  if (total <= DATA_BYTES) return
  throw new SealwardError(
    'limit',
    `the values together are larger than the ${DATA_BYTES} bytes of a Kubernetes Secret`,
    {
      hint: 'split the file into several secrets',
    },
  )
}
