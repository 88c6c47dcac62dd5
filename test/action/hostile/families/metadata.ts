import type { ErrorCode } from '../../../../src/core/errors.ts'
import { newMember } from '../../../support/sealing.ts'
import type { Family, HostileCase } from '../case.ts'
import { COMMANDS, shown } from '../commands.ts'
import type { Forgery } from '../forge.ts'

type Metadata = NonNullable<Forgery['metadata']>

/** What the metadata of a file say, and nothing proves. */
export const METADATA: Family = {
  title: 'metadata',
  cases: [
    ...COMMANDS.filter((_, index) => index % 2 === 0 || index > 20).map(asRecipient),
    ...COMMANDS.slice(0, 8).map((command) => refused(`with a version that is ${shown(command)}`, { version: command })),
    ...COMMANDS.slice(0, 8).map((command) =>
      refused(`with a time that is ${shown(command)}`, { lastmodified: command }),
    ),
    ...COMMANDS.slice(0, 4).map((command) => refused(`with a MAC that is ${shown(command)}`, { mac: command })),
    ...COMMANDS.slice(0, 4).map((command) =>
      refused(`with a key that is ${shown(command)}`, { age__list_0__map_enc: command }),
    ),
    ...COMMANDS.slice(0, 6).map(asUnknown),
    refused('whose rule does not compile', { unencrypted_suffix: null, unencrypted_regex: '::add-mask::[injected' }),
    refused('whose rule is a look-behind', { unencrypted_suffix: null, encrypted_regex: '(?<=::error::)injected' }),
    refused('with two rules', { encrypted_regex: '.*' }),
    refused('with a flag that is a command', { mac_only_encrypted: '::add-mask::injected' }),
    refused('with a field that age items have not', { age__list_0__map_injected: '::error::injected' }),
    refused('with a gap in its list', { age__list_2__map_enc: 'x', age__list_2__map_recipient: 'x' }),
    refused('with a value that is a list as well', { age: '::error::injected' }),
    refused('with a recipient twice over', { age__list_00__map_recipient: 'injected' }),
    refused('without a recipient', { age__list_0__map_enc: null, age__list_0__map_recipient: null }),
    refused('without a MAC', { mac: null }),
    refused('with an empty MAC', { mac: '' }),
    refused('without a time', { lastmodified: null }),
    refused('without a version', { version: null }),
    refused('with a recipient of NUL characters', { age__list_0__map_recipient: '\0\0\0' }),
    refused(
      'with key groups that are none',
      { key_groups__list_0__map_age: 'x', age__list_0__map_enc: null, age__list_0__map_recipient: null },
      'malformed',
    ),
    refused(
      'of ::error::-named foreign keys alone',
      {
        age__list_0__map_enc: null,
        age__list_0__map_recipient: null,
        kms__list_0__map_arn: '::error title=injected::injected',
      },
      'no-identity',
    ),
    refused('with a rule that would have left the values plain', { unencrypted_suffix: 'A' }, 'mac-mismatch'),
  ],
}

function asRecipient(command: string): HostileCase {
  const controls = /\p{Cc}/u.test(command)
  return {
    name: `with a recipient that is ${shown(command)}, for a key that does not fit`,
    build: async (folder) => {
      await folder.forge([{ name: 'A', value: folder.secret() }], { metadata: { age__list_0__map_recipient: command } })
      return undefined
    },
    inputs: () => ({ key: strangersKey }),
    expected: controls ? 'malformed' : 'no-identity',
  }
}

const strangersKey = (await newMember()).identity.secret.reveal()

function asUnknown(command: string): HostileCase {
  return {
    name: `that nobody knows: ${shown(command)}`,
    build: async (folder) => {
      const A = folder.secret()
      await folder.forge([{ name: 'A', value: A }], {
        metadata: { [command.replaceAll('=', '-')]: command, x: command },
      })
      return { A }
    },
    expected: 'taken',
  }
}

function refused(name: string, metadata: Metadata, expected: ErrorCode = 'malformed'): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.forge([{ name: 'A', value: folder.secret() }], { metadata })
      return undefined
    },
    expected,
  }
}
