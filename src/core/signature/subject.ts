import { Buffer } from 'node:buffer'
import { SealwardError } from '../errors.ts'
import { printable } from '../report/printable.ts'

/**
 * What our signatures are for, in the words of PROTOCOL.sshsig: a signature for another namespace, a git commit's say, is none
 * for a file.
 */
const NAMESPACE = 'sealward-file@v1'
const NAME_CHARACTERS = 1024
const [LF, CR] = [0x0a, 0x0d]

/**
 * The namespace of the signature of one file. The file's name is in it, so that the signed staging file is not taken for the
 * production file. docs/signatures.md section 2.
 *
 * @param name from the top of the repository, with '/' separators
 * @throws SealwardError usage for what is no such name
 */
export function namespaceOf(name: string): string {
  const parts = name.split('/')
  if (name.length > NAME_CHARACTERS || parts.some((part) => part === '' || part === '.' || part === '..'))
    throw new SealwardError('usage', 'a signature needs the name of a file from the top of its repository')
  if (printable(name) !== name || Buffer.from(name, 'utf8').toString('utf8') !== name)
    throw new SealwardError('usage', 'a file whose name has invisible characters cannot be signed')
  return `${NAMESPACE}:${name}`
}

/** Where the signature of a file stands: beside it, as ssh-keygen puts it. */
export function signaturePath(path: string): string {
  return `${path}.sig`
}

/**
 * The bytes of a file that are signed: as they stand, but without the CRs that a checkout put before every LF. It is what a
 * reader of the file does (docs/format.md section 2), so two files with the same message hold the same.
 */
export function messageOf(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const returns = returnsToDrop(bytes)
  if (returns.length === 0) return bytes
  const kept = Buffer.alloc(bytes.length - returns.length)
  let [from, to] = [0, 0]
  for (const at of [...returns, bytes.length]) {
    to += bytes.copy(kept, to, from, at)
    from = at + 1
  }
  return kept
}

/** The places of the CRs before LFs; none at all when one LF stands without. */
function returnsToDrop(bytes: Buffer): number[] {
  const returns: number[] = []
  for (let end = bytes.indexOf(LF); end !== -1; end = bytes.indexOf(LF, end + 1)) {
    if (bytes[end - 1] !== CR) return []
    returns.push(end - 1)
  }
  return returns
}
