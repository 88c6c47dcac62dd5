import { RECORD_BYTES } from '../../../core/credential/record/place.ts'
import type { FetchedFile, FetchedRotations } from '../../../tasks/world/git/rotation-branch.ts'
import { openCommitted } from '../sources/committed-file.ts'
import { askList } from '../sources/plumbing/git.ts'

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/
/** More of them are not looked at. */
const MOST = 1000

/** Of the repository that this process is in. */
export function openFetchedRotations(): FetchedRotations {
  return {
    async read(prefix, pathOf) {
      const found: FetchedFile[] = []
      const refs = await askList(['for-each-ref', `--count=${MOST}`, '--format=%(refname)', ...placesOf(prefix)])
      for (const ref of refs) {
        const name = ref.slice(ref.lastIndexOf(prefix) + prefix.length)
        const bytes = NAME.test(name) ? await openCommitted(ref).read(pathOf(name), RECORD_BYTES) : null
        if (bytes !== null) found.push({ branch: ref.replace(/^refs\/(?:heads|remotes)\//, ''), name, bytes })
      }
      return found
    },
  }
}

/** A `*` takes no `/`. git-for-each-ref(1). */
function placesOf(prefix: string): string[] {
  return [`refs/heads/${prefix}*`, `refs/remotes/*/${prefix}*`]
}
