import type { Sops } from '../sops.ts'
import type { Vector } from './vector.ts'

const PLAIN = '# the main database\nUSER=alice\nPASSWORD=correct horse\n\nEMPTY=\nHOST_unencrypted=db.example\n'
const VARIABLES = { USER: 'alice', PASSWORD: 'correct horse', EMPTY: '', HOST_unencrypted: 'db.example' }
const COMMENTED = '# plain\n# why\nA=1\n# secret\n# why\nB=2\nC=3\n'

/** Files of the current sops. */
export function sopsVectors(
  sops: Sops,
  recipients: { readonly x25519: string; readonly hybrid: string; readonly others: readonly string[] },
): Vector[] {
  const { x25519, hybrid, others } = recipients
  const made = (name: string, about: string, file: Buffer, variables: Vector['variables'] = VARIABLES): Vector => ({
    name: `ok_sops_${name}`,
    about,
    expect: 'ok',
    ...(variables === undefined ? {} : { variables }),
    madeBy: `sops ${sops.version()}`,
    file,
  })
  const encrypt = (plain: string, ...flags: string[]) => sops.encrypt(plain, '--age', x25519, ...flags)
  const set = () => {
    sops.write('typed.env', encrypt('A=1\n'))
    for (const [name, json] of [
      ['FLOAT', '8080'],
      ['FRACTION', '1.5'],
      ['YES', 'true'],
      ['NO', 'false'],
      ['TEXT', '"a\\nb"'],
    ])
      sops.run('set', 'typed.env', `["${name}"]`, json!)
    return sops.read('typed.env')
  }
  const nil = () => {
    sops.write('nil.env', encrypt('A=1\n'))
    sops.run('set', 'nil.env', '["A"]', 'null')
    return sops.read('nil.env')
  }
  const groups = `creation_rules:\n  - key_groups:\n    - age: [${x25519}]\n    - age: [${others[0]}]\n    shamir_threshold: 2\n`
  const enough = `creation_rules:\n  - key_groups:\n    - age: [${others[0]}]\n    - age: [${others[1]}, ${x25519}]\n    - age: [${hybrid}]\n    shamir_threshold: 2\n`
  const only = `creation_rules:\n  - age: ${x25519}\n    mac_only_encrypted: true\n`
  const abc = { A: '1', B: '2', C: '3' }
  return [
    made('default', 'the default rule', encrypt(PLAIN)),
    made('hybrid', 'a post-quantum recipient (section 6)', sops.encrypt(PLAIN, '--age', hybrid)),
    made('key_groups', 'two of three key groups (section 6)', sops.encryptUnder(enough, PLAIN)),
    made(
      'twelve_recipients',
      'list_10 behind list_9 (section 7)',
      sops.encrypt(PLAIN, '--age', [...others, x25519].join(',')),
    ),
    made('unencrypted_suffix', 'each rule in turn (section 3)', encrypt(PLAIN, '--unencrypted-suffix', 'ER')),
    made('encrypted_suffix', 'each rule in turn (section 3)', encrypt(PLAIN, '--encrypted-suffix', 'WORD')),
    made('unencrypted_regex', 'each rule in turn (section 3)', encrypt(PLAIN, '--unencrypted-regex', '^(USER|HOST)')),
    made('encrypted_regex', 'each rule in turn (section 3)', encrypt(PLAIN, '--encrypted-regex', '(?i)pass')),
    made(
      'unencrypted_comment_regex',
      'each rule in turn (section 3)',
      encrypt(COMMENTED, '--unencrypted-comment-regex', 'plain'),
      abc,
    ),
    made(
      'encrypted_comment_regex',
      'each rule in turn (section 3)',
      encrypt(COMMENTED, '--encrypted-comment-regex', 'secret'),
      abc,
    ),
    made('mac_only_encrypted', 'the MAC over the encrypted values alone (section 5)', sops.encryptUnder(only, PLAIN)),
    made('types', 'what sops set makes of JSON (section 4)', set(), {
      A: '1',
      FLOAT: '8080',
      FRACTION: '1.5',
      YES: 'true',
      NO: 'false',
      TEXT: 'a\nb',
    }),
    made('escapes', 'backslash and n became LF before sops encrypted (section 2)', encrypt('A=a\\nb\nB=C:\\\\new\n'), {
      A: 'a\nb',
      B: 'C:\\\new',
    }),
    made('quotes_literal', 'sops encrypts quotes as part of the value (section 8)', encrypt(QUOTED), {
      A: '"b c"',
      B: "'x' # y",
      C: ' d ',
    }),
    {
      ...made('quotes_dotenv', 'the same, read as dotenv (section 8)', encrypt(QUOTED), { A: 'b c', B: 'x', C: 'd' }),
      reading: 'quotes: dotenv',
    },
    made('crlf_source', 'sops leaves the CR in values and comments (section 4)', encrypt('# note\r\nA=1\r\n'), {
      A: '1\r',
    }),
    {
      name: 'plaintext-value_sops_null',
      about: 'what sops set makes of null: plain text that sops itself cannot read',
      expect: 'plaintext-value',
      madeBy: `sops ${sops.version()}`,
      file: nil(),
    },
    {
      name: 'no-identity_sops_key_groups',
      about: 'one of the two key groups that are needed (section 6)',
      expect: 'no-identity',
      madeBy: `sops ${sops.version()}`,
      file: sops.encryptUnder(groups, PLAIN),
    },
  ]
}

const QUOTED = 'A="b c"\nB=\'x\' # y\nC= d \n'

/** Files of an older sops. */
export function oldSopsVectors(
  sops: Sops,
  recipients: { readonly x25519: string; readonly others: readonly string[] },
): Vector[] {
  const about = `the order of the metadata of sops ${sops.version()}: list_10 in front of list_1 (section 7)`
  const file = sops.encrypt(PLAIN, '--age', [...recipients.others, recipients.x25519].join(','))
  return [
    {
      name: `ok_sops_${sops.version().replaceAll('.', '_')}`,
      about,
      expect: 'ok',
      variables: VARIABLES,
      madeBy: `sops ${sops.version()}`,
      file,
    },
  ]
}
