import type { Format } from '../../../core/render/format.ts'
import { render } from '../../../core/render/render.ts'
import type { JobFiles } from '../../world/job.ts'

export interface ExportFile {
  readonly path: string
  readonly format: Format
  readonly variables: ReadonlyMap<string, string>
}

/** A file that is ready to be written. */
export interface PreparedFile {
  /** Absolute. */
  readonly place: string
  write(): Promise<void>
}

/**
 * Does everything about a file of variables that can be refused by looking, so that it is refused before anything is exported. The
 * caller tells the post step of the place before it writes: a step that is killed in between is cleaned up after all.
 *
 * @throws SealwardError usage for a path that is not the job's, not-representable, name-invalid or limit for what the format cannot hold
 */
export async function prepareExportFile(
  { path, format, variables }: ExportFile,
  jobFiles: Pick<JobFiles, 'locate' | 'write'>,
): Promise<PreparedFile> {
  const place = await jobFiles.locate(path)
  const document = [...variables].map(([name, value]) => ({ kind: 'entry', name, value }) as const)
  const bytes = Buffer.from(render(format, document, { secretName: nameOf(path) }))
  return { place, write: () => jobFiles.write(path, bytes) }
}

/** `deploy/app-secret.yaml` makes a Kubernetes Secret called app-secret. */
function nameOf(path: string): string {
  const name = path.split(/[\\/]/).at(-1)!
  return name.replace(/(?!^)\.[^.]*$/, '')
}
