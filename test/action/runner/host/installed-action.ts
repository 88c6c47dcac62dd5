import { execFileSync } from 'node:child_process'
import { access, cp, mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NameMap } from '../model/name-map.ts'
import type { StepLog } from '../model/step-log.ts'
import { type ActionMetadata, readActionMetadata } from './action-metadata.ts'

/** An action as a job sees it: action.yml and dist/ in a folder of their own, and nothing else of the repository. */
export interface InstalledAction {
  readonly folder: string
  readonly metadata: ActionMetadata
  /** The Node that runs it. */
  readonly node: string
}

/** Copies an action into a fresh folder under `into`. Throws when a file that action.yml names is not in dist/. */
export async function installAction(source: string, into: string): Promise<InstalledAction> {
  const metadata = await readActionMetadata(source)
  const folder = await mkdtemp(join(into, 'action-'))
  await cp(join(source, metadata.file), join(folder, metadata.file))
  await cp(join(source, 'dist'), join(folder, 'dist'), { recursive: true })
  for (const script of [metadata.main, metadata.post]) if (script !== null) await access(join(folder, script))
  return { folder, metadata, node: nodeFor(metadata.using) }
}

/**
 * The inputs a step passes: its `with:` and, for what it leaves out, the defaults. The runner checks neither that a required
 * input is there nor that an input is declared; it only warns of names it does not know and of deprecated ones.
 */
export function resolveInputs(
  { inputs }: ActionMetadata,
  given: Readonly<Record<string, string>>,
  expandDefault: (text: string) => string,
): NameMap {
  const resolved = new NameMap(true, given)
  for (const input of inputs) {
    if (resolved.get(input.name) === undefined) resolved.set(input.name, expandDefault(input.default))
  }
  return resolved
}

/** Warns as the runner does of inputs that are deprecated or that action.yml does not know. */
export function warnOfInputs({ inputs }: ActionMetadata, given: Readonly<Record<string, string>>, log: StepLog): void {
  const declared = new Map(inputs.map((input) => [input.name.toLowerCase(), input]))
  const names = Object.keys(given)
  for (const name of names) {
    const message = declared.get(name.toLowerCase())?.deprecationMessage ?? null
    if (message !== null) log.issue('warning', `Input '${name}' has been deprecated with message: ${message}`)
  }
  const unexpected = names.filter((name) => !declared.has(name.toLowerCase()))
  if (unexpected.length === 0) return
  const valid = inputs.map((input) => input.name).join("', '")
  log.issue('warning', `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`)
}

// The devDependency `node` is the Node 24 of this repository. An install without scripts leaves it out, and then tests would
// pass on a Node that no runner uses: hence the check.
function nodeFor(using: string): string {
  if (using !== 'node24') throw new Error(`runs.using is '${using}', and the emulator has node24 only`)
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const node = fileURLToPath(new URL(`../../../../node_modules/node/bin/${name}`, import.meta.url))
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim()
  if (!version.startsWith('v24.')) throw new Error(`${node} is ${version}, not Node 24`)
  return node
}
