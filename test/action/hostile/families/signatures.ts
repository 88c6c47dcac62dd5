import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ErrorCode } from '../../../../src/core/errors.ts'
import { signMessage } from '../../../../src/core/signature/sign.ts'
import { namespaceOf } from '../../../../src/core/signature/subject.ts'
import { newKey, publicLine } from '../../../core/signature/keys.ts'
import type { Family, HostileCase } from '../case.ts'
import { COMMANDS, shown } from '../commands.ts'
import type { CaseFolder } from '../folder.ts'

const SIGNATURE = '.env.encrypted.sig'
const INPUTS = { 'require-signature': 'true' }

const editor = newKey('ed25519')
const stranger = newKey('ed25519')

/** Who signed, and what: where the workflow asks for it. */
export const SIGNATURES: Family = {
  title: 'a signature that is',
  cases: [
    { ...signed('sound, and is listed', () => undefined, 'signature-invalid'), expected: 'taken' },
    signed('not there', (folder) => folder.write('', '.env.encrypted.sig.old'), 'signature-missing', { sign: false }),
    signed(
      'of nobody on the list',
      (folder) => folder.write(sign(folder, { by: stranger }), SIGNATURE),
      'signer-unknown',
    ),
    signed(
      'for another path',
      (folder) => folder.write(sign(folder, { name: 'production.env.encrypted' }), SIGNATURE),
      'signature-invalid',
    ),
    signed(
      'for a commit of git',
      (folder) => folder.write(sign(folder, { namespace: 'git' }), SIGNATURE),
      'signature-invalid',
    ),
    signed(
      'for another file',
      (folder) => folder.write(sign(folder, { message: Buffer.from('x') }), SIGNATURE),
      'signature-invalid',
    ),
    signed('for the file as it was', (folder) => folder.edit((text) => `# later\n${text}`), 'signature-invalid'),
    signed('cut', (folder) => folder.edit((text) => text.slice(0, 150), SIGNATURE), 'signature-invalid'),
    signed('empty', (folder) => folder.write('', SIGNATURE), 'signature-invalid'),
    signed(
      'one bit off',
      (folder) =>
        folder.edit(
          (text) => text.replace(/(.)(\n-----END)/, (_, last, end) => `${last === 'A' ? 'B' : 'A'}${end}`),
          SIGNATURE,
        ),
      'signature-invalid',
    ),
    signed('there twice', (folder) => folder.edit((text) => text + text, SIGNATURE), 'signature-invalid'),
    signed(
      'behind other text',
      (folder) => folder.edit((text) => `::error::injected\n${text}`, SIGNATURE),
      'signature-invalid',
    ),
    signed(
      'before other text',
      (folder) => folder.edit((text) => `${text}::error::injected\n`, SIGNATURE),
      'signature-invalid',
    ),
    signed(
      'larger than a signature can be',
      (folder) => folder.edit((text) => text.replace(/\n/, `\n${`${'A'.repeat(76)}\n`.repeat(100_000)}`), SIGNATURE),
      'limit',
    ),
    signed('the file itself', (folder) => folder.write(folder.read(), SIGNATURE), 'signature-invalid'),
    signed(
      'the armor of something else',
      (folder) => folder.edit((text) => text.replaceAll('SSH SIGNATURE', 'PGP SIGNATURE'), SIGNATURE),
      'signature-invalid',
    ),
    ...COMMANDS.slice(0, 6).map((command) =>
      signed(shown(command), (folder) => folder.write(command, SIGNATURE), 'signature-invalid'),
    ),
    linked('a link to a device without an end', '/dev/zero', 'io'),
    linked('a link to the environment', '/proc/self/environ', 'signature-invalid'),
    linked('a link to itself', SIGNATURE, 'io'),
    listed('listed without a list', '', 'policy-invalid'),
    listed('listed as a certificate', (line) => `* cert-authority ${line}`, 'unsupported'),
    listed('listed for another namespace', (line) => `* namespaces="git" ${line}`, 'signer-unknown'),
    listed('listed for a time that is over', (line) => `* valid-before="20200101Z" ${line}`, 'signer-unknown'),
    listed('listed with a key that is a command', '* ssh-ed25519 ::add-mask::injected', 'policy-invalid'),
    listed(
      'listed with options that never end',
      (line) => `* ${'namespaces="a",'.repeat(5000)}valid-after="20200101Z" ${line}`,
      'policy-invalid',
    ),
    listed('listed by a name that is a command', (line) => `::add-mask::injected ${line}`, 'taken'),
    listed(
      'listed behind a pattern of stars',
      (line) => `* namespaces="${'*a'.repeat(2000)}b" ${line}`,
      'signer-unknown',
    ),
    {
      ...signed('good, where the list of signers is not in the commit', () => undefined, 'untrusted', { list: false }),
      plant: (folder) => folder.write(`signers: { editor: ${publicLine(stranger)} }\n`, 'sealward.yml'),
    },
    {
      ...signed('good, where the file changes after the commit', () => undefined, 'untrusted'),
      plant: (folder) => appendFileSync(join(folder.path, '.env.encrypted'), '\n'),
    },
  ],
}

interface Signing {
  readonly by?: typeof editor
  readonly name?: string
  readonly namespace?: string
  readonly message?: Uint8Array
}

/** The folder of the case is not the top of the repository, so its name is a part of what is signed. */
function sign(
  folder: CaseFolder,
  { by = editor, name = `${folder.name}/.env.encrypted`, ...given }: Signing = {},
): string {
  const { namespace = namespaceOf(name), message = Buffer.from(folder.read()) } = given
  return signMessage({ message, namespace, key: by })
}

function signed(
  name: string,
  change: (folder: CaseFolder) => void,
  expected: ErrorCode,
  { sign: isSigned = true, list = true } = {},
): HostileCase {
  return {
    name,
    build: async (folder) => {
      const variables = await folder.sealTwo()
      if (list) folder.write(`signers: { editor: ${publicLine(editor)} }\n`, 'sealward.yml')
      if (isSigned) folder.write(sign(folder), SIGNATURE)
      change(folder)
      return variables
    },
    inputs: INPUTS,
    expected,
  }
}

function linked(name: string, target: string, expected: ErrorCode): HostileCase {
  return { ...signed(name, (folder) => folder.link(target, SIGNATURE), expected, { sign: false }), platform: 'linux' }
}

function listed(name: string, line: string | ((key: string) => string), expected: ErrorCode | 'taken'): HostileCase {
  const signers = typeof line === 'string' ? line : line(publicLine(editor))
  return {
    ...signed(name, () => undefined, 'policy-invalid', { list: false }),
    inputs: { ...INPUTS, signers },
    expected,
  }
}
