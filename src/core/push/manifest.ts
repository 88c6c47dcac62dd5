import { stringify } from 'yaml'
import { SealwardError } from '../errors.ts'
import { Secret } from '../secret.ts'

export interface SecretManifest {
  readonly name: string
  /** Absent: that of whoever applies it. */
  readonly namespace?: string
  /** The name of the value within it: that of the environment variable with `envFrom`. */
  readonly key: string
  readonly value: Secret
}

/** kubernetes/apimachinery, pkg/util/validation: RFC 1123 as Kubernetes reads it. */
const MAX_NAME = 253
const MAX_NAMESPACE = 63
/** kubernetes/api, core/v1: MaxSecretSize. */
const MAX_VALUE_BYTES = 1024 * 1024

/**
 * A Secret of Kubernetes with one value, as YAML. It is `stringData`, which says the key as it is: a scanner of commits finds it there, and would
 * pass over its base64. Every string is quoted, since kubectl reads YAML 1.1, where a bare `no` or `1e3` is none.
 *
 * @throws SealwardError usage for names that Kubernetes does not take, limit past 1 MiB
 */
export function printManifest(manifest: SecretManifest): Secret {
  const { name, namespace, key, value } = manifest
  requireNames(manifest)
  if (Buffer.byteLength(value.reveal()) > MAX_VALUE_BYTES)
    throw new SealwardError('limit', 'a Secret of Kubernetes holds 1 MiB at most')
  const body = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    type: 'Opaque',
    stringData: { [key]: value.reveal() },
  }
  const style = { version: '1.1', defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 } as const
  return new Secret(stringify(body, style))
}

/** @throws SealwardError usage: so that a wrong name is told before anything is done */
export function requireNames({ name, namespace, key }: Omit<SecretManifest, 'value'>): void {
  if (name.length > MAX_NAME || !name.split('.').every(isLabel))
    throw new SealwardError('usage', 'Kubernetes takes no Secret of that name', {
      hint: 'small letters, digits, "-" and ".", beginning and ending with a letter or a digit, 253 at most',
    })
  if (namespace !== undefined && (namespace.length > MAX_NAMESPACE || !isLabel(namespace)))
    throw new SealwardError('usage', 'Kubernetes takes no namespace of that name', {
      hint: 'small letters, digits and "-", beginning and ending with a letter or a digit, 63 at most',
    })
  if (key.length > MAX_NAME || !/^[-._a-zA-Z0-9]+$/.test(key) || key === '.' || key.startsWith('..'))
    throw new SealwardError('usage', 'Kubernetes takes no key of that name in a Secret')
}

function isLabel(text: string): boolean {
  return /^[a-z0-9-]+$/.test(text) && !text.startsWith('-') && !text.endsWith('-')
}
