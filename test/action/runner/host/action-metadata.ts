import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

/** One input of an action. A `required` one that is missing is not an error of the runner: it passes the empty string. */
interface ActionInput {
  readonly name: string
  readonly required: boolean
  readonly default: string
  readonly deprecationMessage: string | null
}

/** What the runner needs of action.yml. */
export interface ActionMetadata {
  readonly name: string
  /** The file it was read from: action.yml, or else action.yaml. */
  readonly file: string
  readonly inputs: readonly ActionInput[]
  readonly outputs: readonly string[]
  readonly using: string
  readonly main: string
  readonly post: string | null
  readonly postIf: string
}

/** Reads the metadata of the action in a folder. Throws when there is none, or when it is not a JavaScript action. */
export async function readActionMetadata(folder: string): Promise<ActionMetadata> {
  const { file, text } = await readEither(folder)
  const document = mapping(parse(text), file)
  const runs = mapping(document.runs, 'runs')
  const using = scalar(runs.using)
  if (!/^node\d+$/.test(using)) throw new Error(`${file}: the emulator runs JavaScript actions only, not '${using}'`)
  const main = scalar(runs.main)
  if (main === '') throw new Error(`${file}: runs.main is missing`)
  return {
    name: scalar(document.name),
    file,
    inputs: Object.entries(mapping(document.inputs ?? {}, 'inputs')).map(([name, input]) => readInput(name, input)),
    outputs: Object.keys(mapping(document.outputs ?? {}, 'outputs')),
    using,
    main,
    post: runs.post === undefined ? null : scalar(runs.post),
    postIf: runs['post-if'] === undefined ? 'always()' : scalar(runs['post-if']),
  }
}

async function readEither(folder: string): Promise<{ file: string; text: string }> {
  for (const file of ['action.yml', 'action.yaml']) {
    try {
      return { file, text: await readFile(join(folder, file), 'utf8') }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  throw new Error(`there is no action.yml in ${folder}`)
}

function readInput(name: string, value: unknown): ActionInput {
  const input = mapping(value ?? {}, `inputs.${name}`)
  return {
    name,
    required: scalar(input.required) === 'true',
    default: scalar(input.default),
    deprecationMessage: input.deprecationMessage === undefined ? null : scalar(input.deprecationMessage),
  }
}

function mapping(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new Error(`action.yml: ${where} is not a mapping`)
}

// Everything that reaches an action is text: `default: false` arrives as `false`, and no default as the empty string.
function scalar(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error('action.yml: a single value was expected')
}
