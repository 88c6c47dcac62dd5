import { judgeRecipients } from '../../../core/check/repository/recipients.ts'
import { isEncryptedFile, parseEncryptedFile } from '../../../core/envelope/file.ts'
import { everybodyIn, oneGroup, sameGroups } from '../../../core/envelope/keys/key-groups.ts'
import { keyGroupsOf } from '../../../core/envelope/text/metadata.ts'
import type { Finding, FindingRule } from '../../../core/finding.ts'
import { ifReadable } from '../../../core/if-readable.ts'
import { keyGroupsFor } from '../../../core/policy/match.ts'
import { isGenerated } from '../../../core/policy/sops/print-sops.ts'
import { creationRuleFor, parseSopsConfig } from '../../../core/policy/sops/sops-config.ts'
import type { Clock, Configs } from '../../world.ts'
import { type PolicyFor, policyMentioning } from '../policy-for.ts'

/** The questions of `check` that need neither a key nor history. */
const ASKED: readonly FindingRule[] = ['not-in-policy', 'recipients-differ']

/** An encrypted file as it is. */
export interface SealedFile {
  readonly path: string
  readonly bytes: Uint8Array
}

export interface RecipientsWorld {
  readonly configs: Configs
  readonly clock: Clock
}

/**
 * Holds those to whom a file is encrypted against those whom sealward.yml names for it, and these against .sops.yaml. Nothing where it names
 * nobody.
 *
 * @throws SealwardError policy-invalid
 */
export async function verifyRecipients(file: SealedFile, world: RecipientsWorld): Promise<Finding[]> {
  const found = await policyMentioning('recipients', file.path, world.configs)
  if (found === null) return []
  return [...strangersIn(file, found, world), ...(await judgeSopsConfig(file.path, found, world.configs))]
}

/**
 * The first half of it.
 *
 * @throws SealwardError policy-invalid for sealward.yml
 */
export async function findStrangers(file: SealedFile, world: RecipientsWorld): Promise<Finding[]> {
  const found = await policyMentioning('recipients', file.path, world.configs)
  return found === null ? [] : strangersIn(file, found, world)
}

function strangersIn({ path, bytes }: SealedFile, found: PolicyFor, { clock }: RecipientsWorld): Finding[] {
  const file = readOrNull(bytes)
  if (file === null) return []
  const { wrappedKeys, foreign } = file.metadata
  const keyGroups = keyGroupsOf(file.metadata)
  const about = { file: path, path: found.relative, environment: null, wrappedKeys, keyGroups, foreign }
  const question = { policy: found.policy, files: [about], ages: null, former: new Map(), now: clock.now() }
  return judgeRecipients(question).flatMap(({ rule, level, name, message }) => {
    const asked = ASKED.find((one) => one === rule)
    if (asked === undefined || level === 'ok') return []
    const who = asked === 'not-in-policy' ? `${name} ` : ''
    return [{ rule: asked, file: path, message: `${who}${message}`, fix: FIXES[asked as keyof typeof FIXES] }]
  })
}

/** Where a team has both, whoever uses sops encrypts to those of .sops.yaml. */
async function judgeSopsConfig(path: string, { policy, relative }: PolicyFor, configs: Configs): Promise<Finding[]> {
  const wanted = keyGroupsFor(policy, relative)
  const config = await configs.nearest(['.sops.yaml'], path)
  if (config === null || everybodyIn(wanted).length === 0) return []
  const rule = await creationRuleFor(parseSopsConfig(config.bytes, config.file), config.relative)
  const own = isGenerated(config.bytes)
  if (rule === null && !own) return []
  if (rule !== null && sameGroups(rule.keyGroups ?? oneGroup(rule.recipients), wanted)) return []
  return [
    {
      ...{ rule: 'sops-config-differs', file: path },
      message: `${own ? 'the generated .sops.yaml is stale: it' : '.sops.yaml'} names others for it than sealward.yml`,
      fix: own ? 'sealward config sops --write' : '`sealward config sops` prints what would',
    },
  ]
}

const FIXES = {
  'not-in-policy': '`sealward recipients sync` encrypts it anew for those in sealward.yml; change its values then',
  'recipients-differ': 'sealward recipients sync',
}

/** What is wrong with a file that cannot be read is said by whoever inspects it. */
function readOrNull(bytes: Uint8Array) {
  return ifReadable(() => (isEncryptedFile(bytes) ? parseEncryptedFile(bytes, { anyName: true }) : null))
}
