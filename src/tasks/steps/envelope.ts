import { parseRecipient, parseRecipients, type Recipient } from '../../core/age/recipient.ts'
import type { Envelope } from '../../core/envelope/encrypt.ts'
import { DEFAULT_RULE } from '../../core/envelope/values/rule.ts'
import { SealwardError } from '../../core/errors.ts'
import type { Configs, Files, NearestConfig } from '../world.ts'
import { policyFor, policyMentioning } from './policy-for.ts'

const RECIPIENT_FILE_BYTES = 1024 * 1024

export interface EnvelopeWorld {
  readonly files: Files
  readonly configs: Configs
}

/**
 * Who a new file is encrypted to, and under which rule: `-r` first, else sealward.yml, else the first matching creation rule of
 * .sops.yaml. The rule comes from the configuration in either case.
 *
 * @throws SealwardError no-recipients, recipient-invalid, policy-invalid or unsupported
 */
export async function settleEnvelope(
  path: string,
  explicit: readonly string[],
  world: EnvelopeWorld,
): Promise<Envelope> {
  const configured = (await fromPolicy(path, world.configs)) ?? (await fromSops(path, world.configs))
  const readers: Pick<Envelope, 'recipients' | 'keyGroups'> | null =
    explicit.length > 0 ? { recipients: await readExplicit(path, explicit, world) } : configured
  if (readers === null || readers.recipients.length === 0) throw nobody(path)
  const { recipients, keyGroups } = readers
  return {
    ...{ recipients, ...(keyGroups !== undefined && { keyGroups }) },
    rule: configured?.rule ?? DEFAULT_RULE,
    macOnlyEncrypted: configured?.macOnlyEncrypted ?? false,
  }
}

/**
 * Those of `-r`, and the recovery key of sealward.yml: every file is encrypted to it.
 *
 * @throws SealwardError recipient-invalid, not-found, policy-invalid
 */
export async function readExplicit(
  path: string,
  given: readonly string[],
  { files, configs }: EnvelopeWorld,
): Promise<Recipient[]> {
  const found = await policyMentioning('recovery', path, configs)
  return distinct([
    ...(await readRecipients(given, files)),
    ...(found?.policy.recovery?.keys ?? []).map(parseRecipient),
  ])
}

/** `-r` takes a recipient or a file of recipients; the prefix decides. */
export async function readRecipients(given: readonly string[], files: Files): Promise<Recipient[]> {
  const read = await Promise.all(
    given.map((text) => (/^(?:age1|ssh-|AGE-)/i.test(text) ? [parseRecipient(text)] : readRecipientFile(text, files))),
  )
  return distinct(read.flat())
}

async function readRecipientFile(path: string, files: Files): Promise<Recipient[]> {
  const bytes = await files.read(path, RECIPIENT_FILE_BYTES)
  if (bytes === null)
    throw new SealwardError('not-found', 'neither an age recipient nor a file of recipients', { file: path })
  return parseRecipients(new TextDecoder().decode(bytes))
}

/** The configuration is parsed only where there is one: its libraries cost more than everything else together. */
async function fromPolicy(path: string, configs: Configs): Promise<Envelope | null> {
  const found = await policyFor(path, configs)
  if (found === null) return null
  const { envelopeOf } = await import('../../core/policy/envelope.ts')
  return envelopeOf(found.policy, found.relative)
}

async function fromSops(path: string, configs: Configs): Promise<Envelope | null> {
  const config: NearestConfig | null = await configs.nearest(['.sops.yaml'], path)
  if (config === null) return null
  const { envelopeOfSops } = await import('../../core/policy/envelope.ts')
  return envelopeOfSops(config)
}

function distinct(recipients: readonly Recipient[]): Recipient[] {
  return [...new Map(recipients.map((recipient) => [recipient.text, recipient])).values()]
}

function nobody(path: string): SealwardError {
  return new SealwardError('no-recipients', 'there is nobody to encrypt to', {
    file: path,
    hint: 'give -r age1..., or list recipients in sealward.yml; `sealward keygen` makes a key and prints its recipient',
  })
}
