import { SealwardError } from '../errors.ts'

/**
 * What a step leaves for its own post step. The runner prints state in debug logs, so it holds paths and never a value.
 */
export interface JobState {
  /** Files with secrets that the step wrote, absolute. */
  readonly files: readonly string[]
}

/** Under this name the runner keeps it; the post step finds it as STATE_ and the name. @public */
export const STATE_NAME = 'sealward'

const LONGEST = 256 * 1024
const MOST_FILES = 1000

export function printState(state: JobState): string {
  return JSON.stringify({ files: state.files })
}

/**
 * @returns null when the step ended before it left any
 * @throws SealwardError malformed for what no step of ours wrote: any step can set a variable of that name
 */
export function readState(text: string | undefined): JobState | null {
  if (text === undefined || text === '') return null
  const files = text.length > LONGEST ? null : filesIn(text)
  if (files === null || files.length > MOST_FILES)
    throw new SealwardError('malformed', 'the state of the step is not what the step wrote', {
      hint: 'remove the files that the step wrote by hand, if the machine outlives the job',
    })
  return { files }
}

function filesIn(text: string): readonly string[] | null {
  try {
    const { files } = JSON.parse(text) as { readonly files?: unknown }
    return Array.isArray(files) && files.every((file) => typeof file === 'string') ? files : null
  } catch {
    return null
  }
}
