import { STATE_BYTES } from '../../core/request/state.ts'
import type { RequestMemory } from '../../tasks/world/git/requests.ts'
import { makeCommit } from './rotation/make-commit.ts'
import type { RotationRepository } from './rotation/repository.ts'
import { fileAt, readBlob, storeBlob } from './rotation/tree.ts'

const REF = 'refs/sealward/requests'
const FILE = '.sealward/requests.json'

/**
 * A name beside the branches, at the remote where there is one. It leads to one commit with one file, which every write replaces: no history
 * grows, and a push names what it replaces, so that of two who write at once only one does.
 */
export function openRequestMemory({ git, refs, author }: RotationRepository): RequestMemory {
  return {
    async read() {
      const tip = (await refs.look([REF])).get(REF) ?? null
      if (tip === null) return { bytes: null, tip }
      await refs.bring(new Map([[REF, tip]]))
      const file = await fileAt(git, tip, FILE)
      const bytes = file === null ? null : await readBlob(git, file.id)
      // What is too long to be ours is damage, and the reader says so.
      return { bytes: bytes?.subarray(0, STATE_BYTES + 1) ?? new Uint8Array(), tip }
    },
    async write(bytes, { tip }) {
      const changes = new Map([[FILE, { mode: '100644' as const, id: await storeBlob(git, bytes) }]])
      const id = await makeCommit(git, { parent: null, changes, message: 'What is remembered of requests\n' }, author)
      return refs.move(REF, tip, id)
    },
  }
}
