import * as v from 'valibot'
import { SealwardError } from '../errors.ts'
import { inertJson } from '../report/scan/json/inert-json.ts'

/** The largest document that is read: 10,000 repositories' names are 1.4 MB, and a job's report holds 2,000 findings a repository. */
export const DOCUMENT_BYTES = 128 * 1024 * 1024

/** What one job of a run writes for another, in ASCII. Ends with a line end. */
export function printDocument(document: unknown): string {
  return `${inertJson(document)}\n`
}

/**
 * Reads what another job wrote. An artifact can be replaced by whoever may write to the run, so its shape is held to what is written.
 *
 * @param file its name, for the error
 * @throws SealwardError io for what is no such document
 */
export function readDocument<const Shape extends v.GenericSchema>(
  shape: Shape,
  bytes: Uint8Array,
  file: string,
): v.InferOutput<Shape> {
  const read = v.safeParse(shape, parse(bytes))
  if (read.success) return read.output
  throw new SealwardError('io', 'is not what an earlier job of this run writes', {
    file,
    hint: 'all jobs of a run need the same version of Sealward',
  })
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')) as unknown
  } catch {
    // The error of JSON.parse quotes what it cannot read.
    return null
  }
}
