import { resolve } from 'node:path'
import { SealwardError } from '../../core/errors.ts'
import { requireNames } from '../../core/push/manifest.ts'
import { parseTarget, printTarget, type SecretTarget } from '../../core/push/target.ts'
import { printablePath } from '../../core/report/text.ts'
import { outstanding, type Rotation } from '../../core/rotation/state.ts'
import type { ManifestRequest } from '../../tasks/keys/write-manifest.ts'
import type { SecretAccess } from '../../tasks/world/github-secrets.ts'
import type { Call } from '../command.ts'
import { openHandOver } from '../push/world.ts'

/** Where a new key is to go besides its file. */
export interface HandOver {
  readonly targets: readonly SecretTarget[]
  readonly names: readonly string[]
  readonly manifest: ManifestRequest | null
}

/** The variable that every face of Sealward looks for a key in. */
const KEY_VARIABLE = 'SEALWARD_KEY'
const DEFAULT_NAME = 'sealward-key'

/** @returns null where nothing is to be handed over. @throws SealwardError usage */
export function readHandOver(call: Call): HandOver | null {
  const targets = call.all('push').map(parseTarget)
  const manifest = manifestOf(call)
  if (targets.length === 0 && manifest === null) return null
  return { targets, names: targets.map(printTarget), manifest }
}

/** Makes sure of what can be made sure of, before anything is changed; says it, where that is asked for. */
export async function planHandOver(wanted: HandOver | null, { world }: Call, quiet?: 'quiet'): Promise<void> {
  if (wanted === null) return
  const { planKeyPush } = await import('../../tasks/keys/push-key.ts')
  const { planManifest } = await import('../../tasks/keys/write-manifest.ts')
  const there = await openHandOver(world)
  const plans = await planKeyPush(wanted.targets, there)
  if (wanted.manifest !== null) await planManifest(wanted.manifest, there)
  if (quiet !== undefined) return
  for (const { target, outcome, access } of plans)
    world.teller.note(
      `${labelOf(target)} would be ${outcome}${describeAccess(access)}; whether the token may write shows then`,
    )
  if (wanted.manifest !== null) world.teller.note(`the manifest would go to ${placeOf(wanted.manifest)}`)
}

/** @returns the rotation as it is then. @throws SealwardError as the tasks do; the files are done then */
export async function handOver(wanted: HandOver | null, rotation: Rotation, { world }: Call): Promise<Rotation> {
  if (wanted === null && outstanding(rotation).length === 0) return rotation
  const { pushRotatedKey } = await import('../../tasks/keys/push-key.ts')
  const { rotationStatus } = await import('../../tasks/keys/rotate-status.ts')
  const there = await openHandOver(world)
  const pushed = await pushRotatedKey(wanted?.targets ?? [], there)
  for (const { target, outcome } of pushed) world.teller.note(`${labelOf(target)} was ${outcome}`)
  if (wanted !== null && wanted.manifest !== null) await writeManifest(wanted.manifest, there, world)
  return (await rotationStatus(there)) ?? rotation
}

async function writeManifest(
  request: ManifestRequest,
  there: Awaited<ReturnType<typeof openHandOver>>,
  { terminal, teller }: Call['world'],
): Promise<void> {
  const { writeKeyManifest } = await import('../../tasks/keys/write-manifest.ts')
  const text = await writeKeyManifest(request, there)
  if (text !== null) terminal.print(text.reveal())
  else teller.note(`the manifest is in ${placeOf(request)}: \`kubectl apply -f\`, then delete it`)
}

function manifestOf(call: Call): ManifestRequest | null {
  const [file, name = DEFAULT_NAME, namespace] = [call.one('manifest'), call.one('secret-name'), call.one('namespace')]
  const stray = ['secret-name', 'namespace'].find((flag) => call.has(flag))
  if (file === undefined) {
    if (stray !== undefined) throw new SealwardError('usage', `--${stray} goes with --manifest alone`)
    return null
  }
  const request = {
    file: file === '-' ? null : resolve(file),
    name,
    key: KEY_VARIABLE,
    ...(namespace !== undefined && { namespace }),
  }
  requireNames(request)
  return request
}

function labelOf(target: SecretTarget): string {
  return printablePath(printTarget(target))
}

function placeOf({ file }: ManifestRequest): string {
  return file === null ? 'standard output' : printablePath(file)
}

function describeAccess(access: SecretAccess | null): string {
  if (access === null) return ''
  const { visibility } = access
  if (visibility === 'selected') return `, for the repositories that were chosen (${access.repositories.length})`
  return visibility === 'all' ? ', for every repository' : ', for private repositories'
}
