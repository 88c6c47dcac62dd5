import type { ObjectType } from '../../../core/trust/git-object.ts'

export interface StoredObject {
  readonly id: string
  readonly type: ObjectType
  readonly content: Uint8Array
}

/** Gives one object after the other of one repository. */
export interface ObjectReader {
  /**
   * Answers come in the order of the questions, which need not wait for each other.
   *
   * @param name an id, or HEAD
   * @returns null when the repository does not have it
   * @throws SealwardError git when it cannot be read, or when the bytes are not those of the id
   */
  read(name: string): Promise<StoredObject | null>
  stop(): void
}

/** The root folder of a repository with a hundred thousand files in it is a third of this. */
export const OBJECT_BYTES = 16 * 1024 * 1024

/** Whether a text is an id in full, of SHA-1 or SHA-256. */
export function isId(text: string): boolean {
  return (text.length === 40 || text.length === 64) && /^[0-9a-f]+$/.test(text)
}
