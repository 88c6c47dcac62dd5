import { randomBytes } from 'node:crypto'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeBech32 } from '../../../../src/core/age/bech32.ts'
import type { ErrorCode } from '../../../../src/core/errors.ts'
import { newMember } from '../../../support/sealing.ts'
import type { Family, HostileCase } from '../case.ts'
import { COMMANDS, shown } from '../commands.ts'
import type { CaseFolder } from '../folder.ts'

const stranger = await newMember()
const STRANGER = stranger.identity.secret.reveal()
const random = () => randomBytes(32).toString('base64url')

/** What is given as a key and is none, or is somebody else's. None of it may be shown, for it may be a key after all. */
export const KEYS: Family = {
  title: 'a key that is',
  cases: [
    given('somebody else’s', STRANGER),
    given('somebody else’s, a thousand times', `${STRANGER}\n`.repeat(1000)),
    given('one of a plugin', encodeBech32('age-plugin-yubikey-', randomBytes(20)).toUpperCase()),
    given('one of a plugin whose name is a path', `AGE-PLUGIN-../../../BIN/SH-1${random().toUpperCase()}`),
    given('one of a plugin whose name is a command', `AGE-PLUGIN-::ADD-MASK::-1${random().toUpperCase()}`),
    given('a recipient', stranger.recipient.text),
    given('in lower case', STRANGER.toLowerCase()),
    given('cut short', STRANGER.slice(0, -5)),
    given('mistyped', `${STRANGER.slice(0, -3)}QQQ`),
    given('of the hybrid kind, damaged', `AGE-SECRET-KEY-PQ-1${random().toUpperCase()}`),
    given('in quotes', `"${STRANGER}"`),
    given('an assignment', `SEALWARD_KEY=${STRANGER}`),
    given('a private key of SSH', pem('OPENSSH PRIVATE KEY')),
    given('a private key of something else', pem('RSA PRIVATE KEY')),
    given('behind a passphrase', pem('AGE ENCRYPTED FILE')),
    given('a Fernet key', `${randomBytes(32).toString('base64url').slice(0, 43)}=`),
    given('a password', random()),
    given('a secret that GitHub does not have', ''),
    given('nothing but blanks', ' \t\n '),
    given('nothing but a comment', `# ${random()}`),
    given('larger than 100 KiB', random().repeat(2400)),
    ...COMMANDS.filter((_, index) => index % 4 === 0).map((command) =>
      given(shown(command), `${command}\n${random()}`),
    ),
    fromFile('a link to the key of nobody', (_, file) => symlinkSync('/dev/null', file), 'no-identity'),
    fromFile('a link to a device without an end', (_, file) => symlinkSync('/dev/zero', file), 'no-identity'),
    fromFile('a folder', (_, file) => mkdirSync(file), 'no-identity'),
    fromFile('a file of what is none', (folder, file) => writeFileSync(file, folder.guard(random())), 'no-identity'),
    fromFile('a file that is not text', (_, file) => writeFileSync(file, randomBytes(4096)), 'no-identity'),
    planted(),
  ],
}

/** Where people paste a secret by mistake. The error is about the very text that must not be in it. */
export const STRAYS: Family = {
  title: 'a secret that stands',
  cases: [
    stray('alone in a line', 'malformed', (secret, text) => `${secret}\n${text}`),
    stray('in lines of a PEM block', 'malformed', (secret, text) => `-----BEGIN PRIVATE KEY-----\n${secret}\n${text}`),
    stray('as a name', 'name-invalid', (secret, text) => `-${secret}=\n${text}`),
    stray(
      'as a name that is there twice',
      'duplicate',
      (secret, text) => `X${plain(secret)}=\nX${plain(secret)}=\n${text}`,
    ),
    stray('as a reserved name', 'malformed', (secret, text) => `${text}sops_age__list_0__map_${secret}=x\n`),
    stray('as a plain value', 'plaintext-value', (secret, text) => `C=${secret}\n${text}`),
    stray('behind a ciphertext', 'malformed', (secret, text) => text.replace(/^(A=.*)$/m, `$1${secret}`)),
    stray('in a ciphertext', 'malformed', (secret, text) => text.replace(/data:[^,]*/, `data:${secret}-`)),
    stray('as the label of a ciphertext', 'malformed', (secret, text) => text.replace('type:str', `type:${secret}`)),
    stray('as the version', 'malformed', (secret, text) => text.replace(/^(sops_version=).*$/m, `$1${secret}`)),
    stray('as the time', 'malformed', (secret, text) => text.replace(/^(sops_lastmodified=).*$/m, `$1${secret}`)),
    stray('as the MAC', 'malformed', (secret, text) => text.replace(/^(sops_mac=).*$/m, `$1${secret}`)),
    stray('as the wrapped key', 'malformed', (secret, text) => text.replace(/(_enc=).*$/m, `$1${secret}`)),
    stray('as a flag', 'malformed', (secret, text) => `${text}sops_mac_only_encrypted=${secret}\n`),
    stray('as a rule', 'malformed', (secret, text) =>
      text.replace(/^sops_unencrypted_suffix=.*$/m, `sops_encrypted_regex=[${secret}`),
    ),
    inConfiguration('as a key of sealward.yml', (secret) => `${secret}: 1\nschema: {}\n`),
    inConfiguration('as a recipient', (secret) => `recipients: { a: ${secret} }\nschema: {}\n`),
    inConfiguration('as a signer', (secret) => `signers: { a: "ssh-ed25519 ${secret}" }\nschema: {}\n`),
    inConfiguration('as a glob', (secret) => `files: [{ path: "[${secret}", quotes: literal }]\n`),
    inConfiguration('as a way to read quotes', (secret) => `files: [{ path: a, quotes: ${secret} }]\n`),
    inConfiguration('as what is no YAML', (secret) => `schema: [${secret}\n\t- "${secret}\n`),
    inConfiguration('as the name of a variable', (secret) => `schema: { "-${secret}": {} }\n`),
    inConfiguration('as an expression', (secret) => `schema: { A: { pattern: "[${secret}" } }\n`),
    inConfiguration('as a type', (secret) => `A: { type: ${secret} }\n`, '.env.schema'),
    inConfiguration('as a rule of a schema', (secret) => `A: { ${secret}: 1 }\n`, '.env.schema'),
    against('as a value that its schema refuses', '{ pattern: "^x$" }'),
    against('as a value that is none of a list', '{ enum: [a, b] }'),
    against('as a value of another type', '{ type: integer }'),
    against('as a value that is too long', '{ max-length: 3 }'),
    expanding('as a reference to nothing', (secret) => `\${X${plain(secret)}}`, 'not-found'),
    expanding('as a reference that is none', (secret) => `\${${secret}`, 'dotenv-syntax'),
    expanding('as a default of a reference', (secret) => `\${B:-${secret}}`, 'dotenv-syntax'),
  ],
}

function stray(name: string, expected: ErrorCode, change: (secret: string, text: string) => string): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      folder.edit((text) => change(folder.secret(), text))
      return undefined
    },
    expected,
  }
}

function inConfiguration(name: string, content: (secret: string) => string, file = 'sealward.yml'): HostileCase {
  return {
    name: `${name}, in ${file}`,
    build: async (folder) => {
      await folder.sealTwo()
      folder.write(content(folder.secret()), file)
      return undefined
    },
    expected: 'policy-invalid',
  }
}

function against(name: string, rule: string): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      folder.write(`A: ${rule}\n`, '.env.schema')
      return undefined
    },
    expected: 'schema-mismatch',
  }
}

function expanding(name: string, makeValue: (secret: string) => string, expected: ErrorCode): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.forge([{ name: 'A', value: makeValue(folder.secret()) }])
      return undefined
    },
    inputs: { expand: 'true' },
    expected,
  }
}

/** As the name of a variable could be. */
function plain(secret: string): string {
  return secret.replaceAll('-', '_')
}

function given(name: string, key: string): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      for (const word of key.split(/[\s"=]+/))
        if (word.length > 20 && word !== stranger.recipient.text) folder.guard(word.slice(0, 200))
      return undefined
    },
    inputs: { key },
    expected: 'no-identity',
  }
}

function fromFile(
  name: string,
  make: (folder: CaseFolder, file: string) => void,
  expected: HostileCase['expected'],
): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      return undefined
    },
    plant: (folder) => make(folder, join(folder.path, 'key')),
    inputs: { key: '' },
    env: (folder) => ({ SEALWARD_KEY_FILE: join(folder.path, 'key') }),
    expected,
    platform: 'posix',
  }
}

/** The key of whoever wrote the file must not be taken from the checkout. */
function planted(): HostileCase {
  return {
    name: 'in the checkout, where nobody said to look',
    build: async (folder) => {
      await folder.sealTwo()
      for (const file of [
        'keys.txt',
        'key.txt',
        '.sealward/keys.txt',
        '.config/sealward/keys.txt',
        '.config/sops/age/keys.txt',
      ])
        folder.write(`${folder.member.identity.secret.reveal()}\n`, file)
      return undefined
    },
    inputs: { key: '' },
    expected: 'no-identity',
  }
}

function pem(kind: string): string {
  const body = Array.from({ length: 4 }, () => randomBytes(48).toString('base64')).join('\n')
  return `-----BEGIN ${kind}-----\n${body}\n-----END ${kind}-----`
}
