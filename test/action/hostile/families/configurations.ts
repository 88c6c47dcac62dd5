import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Family, HostileCase } from '../case.ts'
import { COMMANDS, shown } from '../commands.ts'

/** Every part of a policy is read where this line is: reading one that asks nothing would cost more than decrypting. */
const READ = 'schema:\n  A: { required: true }\n'
const ANY = 'files: [{ path: "**", quotes: literal }]\n'

/** What a pull request may do to sealward.yml and .env.schema, and what somebody puts beside a sound file. */
export const CONFIGURATIONS: Family = {
  title: 'a configuration that is',
  cases: [
    policy('a billion laughs', bomb('- *'), 'policy-invalid'),
    policy('an alias of itself', 'schema: &a\n  A: *a\n', 'policy-invalid'),
    policy(
      'merged ten thousand times',
      `x: &a { quotes: x }\nschema:\n${'  <<: *a\n'.repeat(10_000)}`,
      'policy-invalid',
    ),
    policy('500,000 brackets deep', `schema: ${'['.repeat(500_000)}`, 'policy-invalid'),
    policy('500,000 braces deep', `schema: ${'{a: '.repeat(200_000)}`, 'policy-invalid'),
    policy(
      '100,000 levels of indentation',
      `schema:\n${Array.from({ length: 1200 }, (_, depth) => `${' '.repeat(depth + 1)}a:\n`).join('')}`,
      'policy-invalid',
    ),
    policy('1 MiB of dashes', `schema:\n${'- '.repeat(500_000)}`, 'policy-invalid'),
    policy(
      'a list of 60,000 names',
      `schema:\n${Array.from({ length: 60_000 }, (_, index) => `  V${index}: {}\n`).join('')}`,
      'policy-invalid',
    ),
    policy('larger than 1 MiB', `${READ}#${'x'.repeat(1024 * 1024)}`, 'limit'),
    policy('not UTF-8', Buffer.concat([Buffer.from(READ), Buffer.from([0xff, 0xfe])]), 'policy-invalid'),
    policy('UTF-16', Buffer.from(`\ufeff${READ}`, 'utf16le'), 'taken'),
    policy('NULs', Buffer.concat([Buffer.from(READ), Buffer.alloc(4096)]), 'policy-invalid'),
    policy('a tag that makes a function', 'schema: !!js/function "function () { return 1 }"\n', 'policy-invalid'),
    policy('a tag that is a command', 'schema: !<::error> { A: { required: true } }\n', 'policy-invalid'),
    policy('a directive', `%YAML 1.1\n---\n${READ}`, 'policy-invalid'),
    policy('two documents', `${READ}---\n${READ}`, 'policy-invalid'),
    policy('two policies in one', `${READ}${READ}`, 'policy-invalid'),
    policy(
      'a prototype',
      '__proto__: { public: ["*"] }\nschema: { A: { __proto__: { required: false } } }\n',
      'policy-invalid',
    ),
    policy('a constructor', 'constructor: { prototype: { public: ["*"] } }\nschema: {}\n', 'policy-invalid'),
    policy('for a later version', `version: 2\n${READ}`, 'policy-invalid'),
    policy('a private key', `recipients: { a: AGE-SECRET-KEY-1${'Q'.repeat(58)} }\n${READ}`, 'policy-invalid'),
    policy(
      'a glob with a million ways',
      `${READ}files: [{ path: "${'{a,b}'.repeat(40)}", quotes: literal }]\n`,
      'policy-invalid',
    ),
    policy(
      'a glob of stars',
      `${READ}files: [{ path: "${'**/'.repeat(60)}*${'a*'.repeat(30)}b", quotes: literal }]\n`,
      'taken',
    ),
    policy('a glob of names, of stars', `${READ}public: ["${'*A'.repeat(100)}"]\n`, 'taken'),
    policy(
      'a list of 20,000 globs',
      `${READ}files:\n${'  - { path: "**/*a*b*c*d*e*", quotes: literal }\n'.repeat(15_000)}`,
      'taken',
    ),
    policy(
      'an expression that takes other engines for ever',
      schemaOf('^(([a-z])+.)+[A-Z]([a-z])+$'),
      'schema-mismatch',
    ),
    policy('an expression that no engine should take', schemaOf('(x{1,1000}){1,1000}'), 'policy-invalid'),
    policy('an expression of 500 KiB', schemaOf('(a|b)*'.repeat(80_000)), 'policy-invalid'),
    policy('an expression with a look-behind', schemaOf('(?<=a)b'), 'policy-invalid'),
    policy('an expression with a back reference', schemaOf('(a)\\\\1'), 'policy-invalid'),
    policy(
      'for no run of this job',
      `${ANY.replace('quotes: literal', 'decrypt-in: { refs: [refs/heads/injected] }')}`,
      'untrusted',
    ),
    ...COMMANDS.filter((_, index) => index % 3 === 0).map(inPolicy),
    ...COMMANDS.filter((_, index) => index % 3 === 1).map(inSchema),
    policyLink('a link to the environment', '/proc/self/environ', 'untrusted'),
    policyLink('a link to a device without an end', '/dev/zero', 'io'),
    policyLink('a link to itself', 'sealward.yml', 'io'),
    policyLink('a link to a folder', '/etc', 'io'),
    schemaLink('a link to a device without an end, for values', '/dev/zero', 'io'),
    schemaLink('a link to the environment, for values', '/proc/self/environ', 'untrusted'),
    planted('not in the commit, and makes all values public', 'sealward.yml', 'public: ["*"]\n', 'untrusted'),
    planted('not in the commit, and has the other name', 'sealward.yaml', 'public: ["*"]\n', 'untrusted'),
    planted('not in the commit, and lists a signer', 'sealward.yml', 'signers: {}\n', 'untrusted'),
    changed(),
    overruled(),
    { ...fifo('a pipe that nobody writes to', 'sealward.yml'), expected: 'io' },
    { ...fifo('a pipe that nobody writes to, for values', '.env.schema'), expected: 'io' },
  ],
}

function policy(
  name: string,
  content: string | Uint8Array,
  expected: ErrorCode | 'taken',
  file = 'sealward.yml',
): HostileCase {
  return {
    name,
    build: async (folder) => {
      folder.write(content, file)
      return folder.sealTwo()
    },
    expected,
  }
}

/** In every place of a policy in which text is free, and in some in which it is not. */
function inPolicy(command: string): HostileCase {
  const text = JSON.stringify(command)
  const content = `${text}: ${text}\nrecipients: { ${text}: ${text} }\nfiles: [{ path: ${text}, recipients: [${text}], quotes: ${text} }]\nsigners: { ${text}: ${text} }\nhook: { allow: [{ path: ${text}, reason: ${text}, rule: ${text} }] }\nschema: { ${text}: { ${text}: 1 } }\n`
  return policy(`full of ${shown(command)}`, content, 'policy-invalid')
}

function inSchema(command: string): HostileCase {
  const text = JSON.stringify(command)
  return policy(
    `full of ${shown(command)}, for values`,
    `B: { enum: [${text}], type: ${text}, pattern: ${text}, ${text}: 1 }\n${text}: {}\n`,
    'policy-invalid',
    '.env.schema',
  )
}

function policyLink(name: string, target: string, expected: ErrorCode): HostileCase {
  return link(name, target, { file: 'sealward.yml', expected })
}

function schemaLink(name: string, target: string, expected: ErrorCode): HostileCase {
  return link(name, target, { file: '.env.schema', expected })
}

function link(
  name: string,
  target: string,
  { file, expected }: { readonly file: string; readonly expected: ErrorCode },
): HostileCase {
  return {
    name,
    build: async (folder) => {
      folder.link(target, file)
      return folder.sealTwo()
    },
    expected,
    platform: 'linux',
  }
}

function planted(name: string, file: string, content: string, expected: ErrorCode): HostileCase {
  return {
    name,
    build: (folder) => folder.sealTwo(),
    plant: (folder) => folder.write(content, file),
    expected,
  }
}

function changed(): HostileCase {
  return {
    ...policy('another than the commit has', READ, 'untrusted'),
    plant: (folder) => folder.write('public: ["*"]\n', 'sealward.yml'),
  }
}

/** `.env.schema` counts instead of the section `schema`, so one that asks for nothing takes back what the commit asks for. */
function overruled(): HostileCase {
  return {
    ...policy('not in the commit, and asks nothing of values', 'schema:\n  A: { pattern: "^a$" }\n', 'untrusted'),
    plant: (folder) => folder.write('Z: {}\n', '.env.schema'),
  }
}

function fifo(name: string, file: string): Omit<HostileCase, 'expected'> {
  return {
    name,
    build: (folder) => folder.sealTwo(),
    plant: (folder) => void execFileSync('mkfifo', [join(folder.path, file)]),
    platform: 'posix',
  }
}

function schemaOf(pattern: string): string {
  return `schema:\n  A: { pattern: "${pattern}" }\n`
}

/** Each level holds the one above nine times. */
function bomb(item: string): string {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1}\n${`  ${item}l${level}\n`.repeat(9)}`,
  )
  return `l0: &l0 lol\n${levels.join('')}schema: *l12\n`
}
