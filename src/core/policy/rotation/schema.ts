import * as v from 'valibot'
import { ALPHABETS, CLASSES } from '../../credential/password/policy.ts'
import { DRIVERS, STRATEGIES, TLS_MODES } from '../../credential/target.ts'
import { VARIABLE_NAME } from '../../dotenv/document.ts'
import { described, listOf, matching } from '../schema-parts.ts'
import { hostName } from '../sections/certificates.ts'
import { shortDuration } from '../sections/duration.ts'

/** The section `rotation` as it is written. What one key says of another is in `problems.ts`. */

const variable = matching(VARIABLE_NAME, 'must be the name of a variable')
const line = matching(/^[^\p{Cc}]{1,4096}$/u, 'must be one line of at most 4096 characters')
/** Not a glob: one file is changed. */
const file = matching(
  /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[^\p{Cc}\\:*?[\]{}]{1,1024}$/u,
  'must be the path of one file below the folder of sealward.yml, with / and without wildcards',
)
const login = matching(/^[^\p{Cc}]{1,128}$/u, 'must be the name of a login')
const BRANCH = '(?!.*(?:\\.\\.|//|/\\.|\\.lock(?:/|$)))[A-Za-z0-9_][A-Za-z0-9._/-]{0,200}'
const branch = matching(new RegExp(`^${BRANCH}(?<![./])$`), 'must be the name of a branch, without refs/heads/')
const prefix = matching(
  new RegExp(`^${BRANCH}(?<=[/-])$`),
  'must be the beginning of a branch name, and end with / or -',
)

const whole = (least: number, most: number) => {
  const words = `must be a whole number from ${least} to ${most}`
  return v.pipe(v.number(words), v.integer(words), v.minValue(least, words), v.maxValue(most, words))
}
const oneOf = <const Options extends readonly string[]>(options: Options) =>
  v.picklist(options, `must be one of ${options.join(', ')}`)

const variableRef = v.strictObject({
  secret: described(variable, 'A variable of the same encrypted file that has it.'),
})
const textOrVariable = v.union([line, variableRef], 'must be text, or a map with secret')

const variables = {
  url: v.optional(described(variable, 'The variable with a connection string.')),
  user: v.optional(described(variable, 'The variable with the name of the login.')),
  password: v.optional(described(variable, 'The variable with the password.')),
}

const Tls = v.strictObject({
  mode: v.optional(
    described(oneOf(TLS_MODES), 'As libpq means them. Without it, what the connection string says, or verify-full.'),
  ),
  ca: v.optional(
    described(
      v.union([file, variableRef], 'must be a path, or a map with secret'),
      'Who may have signed the server: a file with PEM, or {secret: NAME}. Without it, who the system trusts.',
    ),
  ),
  'server-name': v.optional(described(hostName, 'The name in its certificate, where that is not the host.')),
})

const Generate = v.strictObject({
  length: v.optional(described(whole(1, 256), 'How many characters.'), 32),
  alphabet: v.optional(
    described(
      v.union(
        [
          oneOf(ALPHABETS),
          v.strictObject({
            characters: described(
              matching(/^[!-~]{2,94}$/, 'must be 2 to 94 printable characters of ASCII, without the space'),
              'Your own: each of these characters.',
            ),
          }),
        ],
        `must be one of ${ALPHABETS.join(', ')}, or a map with characters`,
      ),
      'Which characters.',
    ),
    'url-safe',
  ),
  classes: listOf(oneOf(CLASSES), 'Of each of these at least one character is there.'),
  exclude: v.optional(described(matching(/^[!-~]{1,94}$/, 'must be printable characters of ASCII'), 'Never these.')),
  'letter-first': v.optional(described(v.boolean(), 'Whether it begins with a letter.'), false),
})

/** One map with all of them: a union tells lists from maps, and not one map from another. */
const Verify = v.pipe(
  v.strictObject({
    sql: v.optional(described(line, 'A statement that must not fail, asked with the new login.')),
    http: v.optional(
      described(
        matching(/^https?:\/\/[^\s/@?#]+(?:[/?][^\s#]*)?$/, 'must be an http(s) address without a login in it'),
        'An address that is asked.',
      ),
    ),
    status: v.optional(described(whole(100, 599), 'The status that it must answer with. Without it, 200.')),
    command: listOf(line, 'A program and its arguments, which must end with 0. No shell reads them.'),
  }),
  v.check(
    ({ sql, http, command }) => [sql, http, command].filter((one) => one !== undefined).length === 1,
    'must have one of sql, http and command',
  ),
  v.check(({ http, status }) => status === undefined || http !== undefined, 'has a status, which is for http alone'),
)

const option = v.union(
  [line, v.boolean(), v.pipe(v.number(), v.safeInteger('must be a whole number')), v.array(line)],
  'must be text, a whole number, true, false or a list of texts',
)

export const CredentialSchema = v.strictObject({
  name: v.optional(
    described(
      matching(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be 1 to 64 lower-case letters, digits and -'),
      'What it is called. Without it, its file and variable say it.',
    ),
  ),
  path: described(file, 'The encrypted file that has it, relative to sealward.yml.'),
  ...variables,
  driver: v.optional(
    described(oneOf(DRIVERS), 'Which system knows the login. Without it, the connection string says it.'),
  ),
  strategy: v.optional(
    described(oneOf(STRATEGIES), 'How it is changed. Without it, the best that the system and the entry allow.'),
  ),
  users: v.optional(
    described(
      v.pipe(
        v.array(login),
        v.length(2, 'must be two logins'),
        v.check(([one, other]) => one !== other, 'must be two logins'),
      ),
      'The two logins of alternating.',
    ),
  ),
  host: v.optional(described(textOrVariable, 'Where the system is, or {secret: NAME}. For where there is no url.')),
  port: v.optional(
    described(
      v.union([whole(1, 65_535), variableRef], 'must be a whole number, or a map with secret'),
      'Its port, or {secret: NAME}. Without it, the usual one.',
    ),
  ),
  database: v.optional(described(textOrVariable, 'Its database, or {secret: NAME}.')),
  admin: v.optional(
    described(
      v.strictObject({
        path: v.optional(described(file, 'The encrypted file that has it. Without it, the same file.')),
        ...variables,
      }),
      'Whose login makes the changes. Without it, the login changes itself.',
    ),
  ),
  tls: v.optional(described(Tls, 'How the connection is encrypted.'), {}),
  grace: v.optional(
    described(shortDuration, 'How long the old login goes on working: 12h, 2d or 1w. Without it, 24h.'),
  ),
  verify: listOf(Verify, 'What must work after the new login is in use. If it does not, the old one comes back.'),
  generate: v.optional(described(Generate, 'What passwords are made of.'), {}),
  options: v.optional(
    described(
      v.record(matching(/^[a-z][a-z0-9-]{0,63}$/, 'has a name that is not that of an option'), option),
      "The driver's own.",
    ),
    {},
  ),
})

export const RotationSection = v.strictObject({
  delivery: v.optional(
    described(
      v.strictObject({
        mode: v.optional(
          described(oneOf(['pull-request', 'commit']), 'Through a pull request, or committed to the branch directly.'),
          'pull-request',
        ),
        branch: v.optional(described(branch, 'The branch that counts. Without it, the default branch.')),
        prefix: v.optional(described(prefix, 'What the branches of rotations begin with.'), 'sealward/rotation/'),
      }),
      'How changes get to the branch that counts.',
    ),
    {},
  ),
  breaker: v.optional(described(whole(1, 100), 'So many failures in a row until a person is asked.'), 3),
  credentials: v.optional(described(v.array(CredentialSchema), 'The logins that are rotated.'), []),
})

export type RotationText = v.InferOutput<typeof RotationSection>
export type CredentialText = v.InferOutput<typeof CredentialSchema>
