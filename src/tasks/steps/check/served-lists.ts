import { readContainer } from '../../../core/certificate/container/read-container.ts'
import type { RevocationList } from '../../../core/certificate/revocation-list.ts'
import type { ServedCertificate } from '../../../core/check/endpoints.ts'
import type { CheckNote } from '../../../core/check/judged.ts'
import { amount } from '../../../core/report/amount.ts'
import type { RevocationLists } from '../../world/endpoint.ts'

export interface Listed {
  readonly all: readonly ServedCertificate[]
  readonly notes: readonly CheckNote[]
}

/**
 * Fetches the revocation lists of served certificates, each once. Only of those that lead to an authority known here: the addresses are in
 * the certificate, and whoever makes one could send this machine anywhere.
 */
export async function withLists(served: readonly ServedCertificate[], lists: RevocationLists | null): Promise<Listed> {
  if (lists === null) return { all: served, notes: [] }
  const fetched = new Map<string, Promise<readonly RevocationList[]>>()
  const listsAt = (address: string): Promise<readonly RevocationList[]> => {
    const known = fetched.get(address) ?? lists.fetch(address).then(listsIn)
    fetched.set(address, known)
    return known
  }
  let missing = 0
  const all = served.map(async (one) => {
    const addresses = one.distrust === null ? one.leaf.listAddresses : []
    const found = (await Promise.all(addresses.map(listsAt))).flat()
    if (addresses.length > 0 && found.length === 0) missing += 1
    return { ...one, lists: found }
  })
  const settled = await Promise.all(all)
  const message = `no revocation list could be fetched for ${amount(missing, 'served certificate')}, so whether they were revoked is not known`
  return { all: settled, notes: missing === 0 ? [] : [{ message }] }
}

function listsIn(bytes: Uint8Array | null): readonly RevocationList[] {
  return bytes === null ? [] : (readContainer(bytes)?.lists ?? [])
}
