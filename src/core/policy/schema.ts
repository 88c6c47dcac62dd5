import * as v from 'valibot'
import { SchemaSection } from '../schema/section.ts'
import { parsePublicKey } from '../signature/ssh/public-key.ts'
import { RotationSection } from './rotation/schema.ts'
import { AllowanceList, ScanSection } from './scan/scan-section.ts'
import { date, described, glob, listOf, matching, pattern, text } from './schema-parts.ts'
import { CertificatesSection } from './sections/certificates.ts'
import { CheckSection } from './sections/check.ts'
import { EndpointsSection } from './sections/endpoints.ts'
import { EnvironmentsSection } from './sections/environments.ts'
import { LedgerSection } from './sections/ledger.ts'
import { LockdownSection } from './sections/lockdown.ts'
import { canBeMet, groupThreshold, haveOneKindOfReaders, KeyGroupsList } from './sections/people/key-groups.ts'
import { member, memberName, RecipientsSection } from './sections/people/recipients.ts'
import { RolesSection } from './sections/people/roles.ts'
import { RequestsSection } from './sections/requests/requests.ts'
import { SecretsSection } from './sections/secrets.ts'

/**
 * sealward.yml, version 1: the one definition. The parser, the types, docs/sealward.schema.json and the test of docs/configuration.md
 * derive from it. A new section is a file in `sections` and a line in `PolicySchema`.
 */

const EncryptionSection = v.pipe(
  v.strictObject({
    'unencrypted-suffix': v.optional(described(pattern, 'Values are encrypted unless their name ends with this.')),
    'encrypted-suffix': v.optional(described(pattern, 'Only values whose name ends with this are encrypted.')),
    'unencrypted-regex': v.optional(
      described(pattern, 'Values are encrypted unless this RE2 expression is found in their name.'),
    ),
    'encrypted-regex': v.optional(
      described(pattern, 'Only values in whose name this RE2 expression is found are encrypted.'),
    ),
    'unencrypted-comment-regex': v.optional(
      described(pattern, 'Values are encrypted unless this RE2 expression is found in a comment above them.'),
    ),
    'encrypted-comment-regex': v.optional(
      described(pattern, 'Only values below a comment in which this RE2 expression is found are encrypted.'),
    ),
    'mac-only-encrypted': v.optional(
      described(v.boolean(), 'Authenticate encrypted values only, so that plain ones can be edited by hand.'),
      false,
    ),
  }),
  v.check(
    (input) => Object.entries(input).filter(([, value]) => typeof value === 'string').length <= 1,
    'has more than one rule: a suffix or a regex, one of the six',
  ),
)

const ref = v.pipe(glob, v.regex(/^refs\/./, 'must be a full ref such as refs/heads/main'))
const event = matching(/^[a-z][a-z_]{0,63}$/, 'is not the name of an event such as workflow_dispatch')
const environment = matching(/^[^\p{Cc}]{1,255}$/u, 'must be 1 to 255 characters, none of them a control character')
const repository = v.union(
  [
    matching(
      /^(?:[A-Za-z0-9_-]{1,100}\/[A-Za-z0-9._-]{1,100}|[1-9][0-9]{0,15})$/,
      'is neither owner/name nor the number of a repository',
    ),
    v.pipe(v.number(), v.safeInteger('must be a whole number'), v.minValue(1, 'must be positive')),
  ],
  'must be owner/name or the number of a repository',
)

const DecryptInSection = v.pipe(
  v.strictObject({
    refs: listOf(ref, 'Globs of full refs, such as refs/heads/main and refs/tags/v*.'),
    events: listOf(event, 'Names of events, such as push and workflow_dispatch.'),
    repositories: listOf(repository, 'Repositories: owner/name, or better the number, which nobody else can take.'),
    environments: listOf(environment, 'GitHub environments; the job needs id-token: write to prove its own.'),
  }),
  v.check((input) => Object.keys(input).length > 0, 'needs refs, events, repositories or environments'),
)

const FileSection = v.pipe(
  v.strictObject({
    path: described(glob, 'Which encrypted files: a glob relative to sealward.yml, with / on every system.'),
    recipients: v.optional(
      described(
        v.pipe(v.array(member), v.minLength(1, 'must not be empty')),
        'Who can open them, beside those whose role covers them: names from recipients, or age recipients. Without it, everybody in recipients who has no role.',
      ),
    ),
    'key-groups': v.optional(
      described(
        KeyGroupsList,
        'Groups of names or age recipients, some of which have to come together to open them. Instead of recipients.',
      ),
    ),
    threshold: v.optional(
      described(groupThreshold, 'How many of the key-groups are needed, 2 at least. Without it, all of them.'),
    ),
    quotes: v.optional(
      described(
        v.picklist(['literal', 'dotenv'], 'must be literal or dotenv'),
        'How a value is read that sops wrote with its quotes: as it stands (literal), or without them (dotenv).',
      ),
      'literal',
    ),
    'decrypt-in': v.optional(
      described(
        DecryptInSection,
        'Which workflow runs the Action decrypts these files in. Each list that is there must have the run. Without it, all.',
      ),
    ),
    encryption: v.optional(
      described(
        EncryptionSection,
        'Which values are encrypted, by at most one rule. Without one, all but *_unencrypted.',
      ),
    ),
  }),
  v.check((rule) => haveOneKindOfReaders(rule), 'has recipients and key-groups: it is one or the other'),
  v.check((rule) => canBeMet(rule), 'has a threshold of more key-groups than there are'),
)

const FilesSection = v.array(FileSection)

const HookSection = v.strictObject({
  allow: v.optional(described(AllowanceList, 'Findings that do not stop a commit, each with its reason.'), []),
})

const publicKey = v.pipe(
  text,
  v.check(
    (input) => typeof parsePublicKey(input) !== 'string',
    ({ input }) => `${String(parsePublicKey(input))}`,
  ),
)

const SignersSection = v.record(
  memberName,
  v.union(
    [
      publicKey,
      v.strictObject({
        key: described(publicKey, 'An SSH public key, as its .pub file has it.'),
        paths: v.optional(described(v.array(glob), 'Which files: globs relative to sealward.yml. Without it, all.')),
        'valid-after': v.optional(described(date, 'From the start of this day (UTC) on.')),
        'valid-before': v.optional(described(date, 'Up to the start of this day (UTC).')),
      }),
    ],
    'must be an SSH public key, or a map with key and paths, valid-after, valid-before',
  ),
)

export const PolicySchema = v.strictObject({
  version: v.optional(described(v.literal(1, 'must be 1'), 'The version of this format.'), 1),
  recipients: v.optional(
    described(RecipientsSection, 'Who can open files: a name, and an age recipient, a list of them, or a map.'),
    {},
  ),
  roles: v.optional(
    described(RolesSection, 'Which files the members of a role can open, beside those of whose list they are in.'),
    {},
  ),
  recovery: v.optional(
    described(
      memberName,
      'A name from recipients whose key is kept apart, for the day that all others are lost: every file is encrypted to it too.',
    ),
  ),
  files: v.optional(described(FilesSection, 'Settings by file. The first entry whose path matches counts.'), []),
  signers: v.optional(
    described(SignersSection, 'Whose signatures count: a name, and an SSH public key. See docs/signatures.md.'),
    {},
  ),
  public: v.optional(
    described(
      v.array(glob),
      'Names of variables whose values are no secrets and are not hidden in logs: globs such as NODE_ENV and *_REGION.',
    ),
    [],
  ),
  hook: v.optional(described(HookSection, 'The git hooks.'), {}),
  scan: v.optional(described(ScanSection, 'The scanner, and the hook: what they let through, and your own rules.')),
  schema: v.optional(described(SchemaSection, 'What is asked of decrypted variables, by name.')),
  environments: v.optional(
    described(EnvironmentsSection, 'Which files belong together, and how old secrets may become in them.'),
    {},
  ),
  secrets: v.optional(
    described(SecretsSection, 'What is known of secrets. For each setting the first entry that has it counts.'),
    [],
  ),
  certificates: v.optional(described(CertificatesSection, 'Where certificates are, and what is asked of them.'), []),
  endpoints: v.optional(described(EndpointsSection, 'Servers that are asked for their certificates.'), []),
  ledger: v.optional(
    described(
      LedgerSection,
      'Whether what is done is written down in .sealward/ledger.jsonl. Without it, where that file is.',
    ),
  ),
  rotation: v.optional(described(RotationSection, 'Logins that are changed at the systems that know them.'), {}),
  requests: v.optional(
    described(RequestsSection, 'Who outside may ask for a rotation, with a signed request. Without it, nobody.'),
  ),
  lockdown: v.optional(
    described(LockdownSection, 'Where the Action decrypts nothing until this is taken out: `sealward lockdown`.'),
  ),
  check: v.optional(described(CheckSection, 'How `sealward check` and the Action report.'), {}),
})

/** sealward.yml as it is written, with defaults filled in. */
export type PolicyText = v.InferOutput<typeof PolicySchema>
