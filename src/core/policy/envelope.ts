import { parseRecipient, type Recipient } from '../age/recipient.ts'
import { locate, type Origin } from '../config/problem.ts'
import type { Envelope } from '../envelope/encrypt.ts'
import { canBeSplit, oneGroup, readersOf } from '../envelope/keys/key-groups.ts'
import { compileRule, DEFAULT_RULE, type Rule } from '../envelope/values/rule.ts'
import { SealwardError } from '../errors.ts'
import { recipientsFor, ruleFor } from './match.ts'
import type { Policy } from './policy.ts'
import { creationRuleFor, parseSopsConfig } from './sops/sops-config.ts'

/** A .sops.yaml, and the path of the file that it is asked about. */
export interface SopsQuestion {
  readonly file: string
  readonly bytes: Uint8Array
  /** Relative to the .sops.yaml, with '/' separators. */
  readonly relative: string
}

/**
 * How a policy wants a file encrypted.
 *
 * @returns null when the policy has neither a rule for the file nor anybody to encrypt to; with no recipients where it has members, and none
 * of them is for the file
 * @throws SealwardError recipient-invalid, or policy-invalid for an expression that is not RE2
 */
export async function envelopeOf(policy: Policy, path: string): Promise<Envelope | null> {
  const found = ruleFor(policy, path)
  const recipients = recipientsFor(policy, path)
  if (found === null && policy.members.length === 0 && recipients.length === 0) return null
  const origin = { file: policy.file, ...(found === null ? {} : { line: found.line }) }
  return {
    ...readersOf(found?.keyGroups ?? oneGroup(recipients), (text) => readRecipient(text, origin)),
    rule: await checked(found?.encryption.rule ?? DEFAULT_RULE, origin),
    macOnlyEncrypted: found?.encryption.macOnlyEncrypted ?? false,
  }
}

/**
 * How a .sops.yaml wants a file encrypted.
 *
 * @returns null when none of its creation rules is for the file
 * @throws SealwardError policy-invalid, recipient-invalid, or unsupported when the rule asks for keys that are not age recipients: leaving
 * them out would take the file away from whoever holds them
 */
export async function envelopeOfSops({ file, bytes, relative }: SopsQuestion): Promise<Envelope | null> {
  const found = await creationRuleFor(parseSopsConfig(bytes, file), relative)
  if (found === null) return null
  const origin = { file, line: found.line }
  if (found.foreign.length > 0)
    throw new SealwardError('unsupported', `the creation rule asks for ${found.foreign.join(', ')}`, {
      hint: 'Sealward encrypts to age recipients; create such a file with sops',
      ...origin,
    })
  if (found.keyGroups !== null && !canBeSplit(found.keyGroups))
    throw new SealwardError(
      'policy-invalid',
      'shamir_threshold is not between 2 and the number of key_groups, or a group is empty',
      origin,
    )
  return {
    ...readersOf(found.keyGroups ?? oneGroup(found.recipients), (text) => readRecipient(text, origin)),
    rule: await checked(found.rule ?? DEFAULT_RULE, origin),
    macOnlyEncrypted: found.macOnlyEncrypted,
  }
}

function readRecipient(text: string, origin: Origin): Recipient {
  try {
    return parseRecipient(text)
  } catch (error) {
    throw locate(error, 'recipient-invalid', origin)
  }
}

/** An expression that does not compile is refused before anything is encrypted by it. */
async function checked(rule: Rule, origin: Origin): Promise<Rule> {
  try {
    await compileRule(rule)
    return rule
  } catch (error) {
    throw locate(error, 'policy-invalid', origin)
  }
}
