import type { Document } from '../dotenv/document.ts'
import { printDotenv } from '../dotenv/print.ts'
import { renderDocker } from './docker.ts'
import type { Format } from './format.ts'
import { renderJson } from './json.ts'
import { renderKubernetes } from './kubernetes.ts'
import { renderProperties } from './properties.ts'
import { renderShell } from './shell.ts'
import { renderYaml } from './yaml.ts'

/** `secretName` becomes the name of the Kubernetes Secret; the other formats do not use it. */
export interface RenderOptions {
  readonly secretName: string
}

type Renderer = (document: Document, options: RenderOptions) => string

const RENDERERS: Readonly<Record<Format, Renderer>> = {
  dotenv: printDotenv,
  json: renderJson,
  shell: renderShell,
  yaml: renderYaml,
  docker: renderDocker,
  k8s: renderKubernetes,
  properties: renderProperties,
}

/**
 * Prints a document's variables in a format. The text ends in LF and, read by the format's own reader, gives back every value
 * exactly. Only `dotenv` keeps comments and blank lines.
 *
 * @throws SealwardError name-invalid, not-representable or limit for what the format cannot hold
 */
export function render(format: Format, document: Document, options: RenderOptions): string {
  return RENDERERS[format](document, options)
}
