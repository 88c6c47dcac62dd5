import type { ErrorCode } from '../../../../src/core/errors.ts'
import type { Family, HostileCase } from '../case.ts'
import type { CaseFolder } from '../folder.ts'

type Change = (text: string, other: string) => string

/** A sound file that somebody changed who has no key. `other` is a second file for the same recipient. */
export const TAMPERING: Family = {
  title: 'a file that was changed:',
  cases: [
    ...[0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95].map(cut),
    changed('nothing is left', 'malformed', () => ''),
    changed('one line end is left', 'malformed', () => '\n'),
    changed('the metadata are gone', 'malformed', (text) => text.replace(/^sops_.*\n/gm, '')),
    changed('the values are gone', 'mac-mismatch', (text) => text.replace(/^[AB]=.*\n/gm, '')),
    changed('two values changed places', 'value-not-authentic', (text) =>
      text.replace(/^A=(.*)\nB=(.*)$/m, 'A=$2\nB=$1'),
    ),
    changed('two lines changed places', 'mac-mismatch', (text) => text.replace(/^(A=.*\n)(B=.*\n)/m, '$2$1')),
    changed('two names changed places', 'value-not-authentic', (text) => text.replace(/^A(=.*\n)B/m, 'B$1A')),
    changed('a name is another', 'value-not-authentic', (text) => text.replace(/^A=/m, 'C=')),
    changed('a name is PATH', 'value-not-authentic', (text) => text.replace(/^A=/m, 'PATH=')),
    changed('a name is in lower case', 'value-not-authentic', (text) => text.replace(/^A=/m, 'a=')),
    changed('a line is gone', 'mac-mismatch', (text) => text.replace(/^B=.*\n/m, '')),
    changed('a line is there twice', 'duplicate', (text) => text.replace(/^(A=.*\n)/m, '$1$1')),
    changed('a name is there twice, once without a value', 'duplicate', (text) => `A=\n${text}`),
    changed('a name is there twice, behind the metadata', 'duplicate', (text) => `${text}A=x\n`),
    changed('a value is empty', 'mac-mismatch', (text) => text.replace(/^A=.*$/m, 'A=')),
    changed('a value is in plain text', 'plaintext-value', (text) => text.replace(/^B=.*$/m, 'B=injected')),
    changed('a plain value is new', 'plaintext-value', (text) => `C=injected\n${text}`),
    changed(
      'a plain value is new, under a name that stays plain',
      'mac-mismatch',
      (text) => `C_unencrypted=injected\n${text}`,
    ),
    changed(
      'a plain NODE_OPTIONS is new, under a name that stays plain',
      'mac-mismatch',
      (text) => `NODE_OPTIONS_unencrypted=x\n${text}`,
    ),
    changed('a value is of another file', 'value-not-authentic', (text, other) =>
      text.replace(/^A=.*$/m, lineOf(other, 'A')),
    ),
    changed('all values are of another file', 'value-not-authentic', (text, other) =>
      withLines(text, other, ['A', 'B']),
    ),
    changed('the MAC is of another file', 'mac-mismatch', (text, other) => withLines(text, other, ['sops_mac'])),
    changed('MAC and values are of another file', 'value-not-authentic', (text, other) =>
      withLines(text, other, ['A', 'B', 'sops_mac']),
    ),
    changed('the wrapped key is of another file', 'value-not-authentic', (text, other) =>
      withLines(text, other, ['sops_age__list_0__map_enc']),
    ),
    changed('two files are one', 'duplicate', (text, other) => text + other),
    changed(
      'two files are one, with other names',
      'duplicate',
      (text, other) => text + other.replace(/^([AB])=/gm, '$1$1='),
    ),
    changed(
      'the values of two files are in one',
      'value-not-authentic',
      (text, other) => other.replace(/^sops_.*\n/gm, '').replace(/^([AB])=/gm, '$1$1=') + text,
    ),
    changed('the time is a second later', 'mac-mismatch', (text) => text.replace('03:04:05Z', '03:04:06Z')),
    changed('the time is in another zone', 'mac-mismatch', (text) => text.replace('03:04:05Z', '03:04:05+01:00')),
    changed('the time is no time', 'malformed', (text) => text.replace('03:04:05Z', '27:04:05Z')),
    changed('the MAC is empty', 'malformed', (text) => text.replace(/^sops_mac=.*$/m, 'sops_mac=')),
    changed('the MAC is a value', 'mac-mismatch', (text) =>
      text.replace(/^sops_mac=.*$/m, `sops_mac=${/^A=(.*)$/m.exec(text)![1]}`),
    ),
    changed('the MAC has another label', 'malformed', (text) =>
      text.replace(/^(sops_mac=.*)type:str\]$/m, '$1type:int]'),
    ),
    changed('the MAC is in plain text', 'malformed', (text) =>
      text.replace(/^sops_mac=.*$/m, `sops_mac=${'A'.repeat(128)}`),
    ),
    changed('the MAC is only of what is encrypted', 'mac-mismatch', (text) => `${text}sops_mac_only_encrypted=true\n`),
    changed('one bit of a value', 'value-not-authentic', (text) => text.replace(/data:(.)/, (start) => flipped(start))),
    changed('one bit of an IV', 'value-not-authentic', (text) => text.replace(/iv:(.)/, (start) => flipped(start))),
    changed('one bit of a tag', 'value-not-authentic', (text) => text.replace(/tag:(.)/, (start) => flipped(start))),
    changed('a tag is one byte', 'malformed', (text) => text.replace(/tag:[^,]+/, 'tag:AA==')),
    changed('a tag is empty', 'malformed', (text) => text.replace(/tag:[^,]+/, 'tag:')),
    changed('an IV is empty', 'malformed', (text) => text.replace(/iv:[^,]+/, 'iv:')),
    changed('a ciphertext is empty', 'malformed', (text) => text.replace(/data:[^,]+/, 'data:')),
    changed('base64 has another spelling', 'malformed', (text) => text.replace(/tag:([^,]+)==/, 'tag:$1')),
    changed('base64 has line ends in it', 'malformed', (text) => text.replace(/data:(.{4})/, 'data:$1\\n')),
    changed('a value has something behind it', 'malformed', (text) =>
      text.replace(/^(A=.*)$/m, '$1 ::error::injected'),
    ),
    changed('a value has something before it', 'plaintext-value', (text) => text.replace(/^A=/m, 'A= ')),
    changed('a value is labelled a comment', 'malformed', (text) => relabelled(text, 'comment')),
    changed('a value is labelled a boolean', 'malformed', (text) => relabelled(text, 'bool')),
    changed('a value is labelled with a command', 'malformed', (text) => relabelled(text, '::error::injected')),
    changed('a value is for another cipher', 'malformed', (text) => text.replace('ENC[AES256_GCM,', 'ENC[NULL,')),
    changed('the rule leaves names with A plain', 'mac-mismatch', (text) => withRule(text, 'unencrypted_suffix=A')),
    changed('the rule leaves everything plain', 'mac-mismatch', (text) => withRule(text, 'unencrypted_regex=.*')),
    changed('the rule encrypts nothing', 'mac-mismatch', (text) => withRule(text, 'encrypted_regex=^$')),
    changed('the rule encrypts one suffix', 'mac-mismatch', (text) => withRule(text, 'encrypted_suffix=_secret')),
    changed(
      'the rule leaves what a comment says plain',
      'mac-mismatch',
      (text) => `#plain\n${withRule(text, 'unencrypted_comment_regex=plain')}`,
    ),
    changed('the rule encrypts what a comment says', 'mac-mismatch', (text) =>
      withRule(text, 'encrypted_comment_regex=secret'),
    ),
    changed('the rule leaves a value plain, which is there in plain text', 'mac-mismatch', (text) =>
      withRule(text, 'unencrypted_suffix=A').replace(/^A=.*$/m, 'A=injected'),
    ),
    changed('the wrapped key is cut', 'malformed', (text) => text.replace(/\\n-----END AGE.*$/m, '')),
    changed('the wrapped key is of another version of age', 'malformed', (text) =>
      text.replace(/(FILE-----\\n)Y/, '$1Z'),
    ),
    changed('the wrapped key is not age', 'malformed', (text) => text.replace(/(_enc=).*$/m, '$1::error::injected')),
    changed('the wrapped key is gone', 'malformed', (text) => text.replace(/^sops_age__list_0__map_enc=.*\n/m, '')),
    changed('a name is that of the MAC', 'duplicate', (text) => text.replace(/^A=/m, 'sops_mac=')),
    changed('a line is no assignment', 'malformed', (text) => `injected\n${text}`),
    changed('a merge was never finished', 'malformed', (text) => `<<<<<<< HEAD\n${text}=======\n${text}>>>>>>> x\n`),
    changed('it is JSON', 'malformed', () => '{"A": "injected", "sops": {"mac": "x", "version": "3.13.0"}}'),
    changed('it is YAML of sops', 'malformed', () => 'A: injected\nsops:\n  mac: x\n  version: 3.13.0\n'),
    changed('it is a script', 'malformed', () => '#!/bin/sh\ntouch canary\nsops_version=3.13.0\n'),
    movedAway(),
    secondIsBroken(),
  ],
}

function changed(name: string, expected: ErrorCode, change: Change): HostileCase {
  return {
    name,
    build: async (folder) => {
      await folder.sealTwo()
      const other = await otherFile(folder)
      folder.edit((text) => change(text, other))
      return undefined
    },
    expected,
  }
}

async function otherFile(folder: CaseFolder): Promise<string> {
  await folder.sealTwo('other.encrypted')
  return folder.read('other.encrypted')
}

function cut(part: number): HostileCase {
  return changed(`all but the first ${part * 100} % is gone`, 'malformed', (text) => text.slice(0, text.length * part))
}

/** One that was sound before, and has the time of its own. */
function movedAway(): HostileCase {
  return {
    name: 'its newest value is taken back',
    build: async (folder) => {
      const A = folder.secret()
      await folder.forge([{ name: 'A', value: A }])
      const old = folder.read()
      await folder.forge([{ name: 'A', value: folder.secret() }])
      folder.edit((text) => text.replace(/^A=.*$/m, lineOf(old, 'A')))
      return undefined
    },
    expected: 'value-not-authentic',
  }
}

function secondIsBroken(): HostileCase {
  return {
    name: 'the last of three is broken',
    build: async (folder) => {
      await folder.sealTwo('1.encrypted')
      await folder.sealTwo('2.encrypted')
      await folder.sealTwo('3.encrypted')
      folder.edit((text) => text.replace(/^B=.*\n/m, ''), '3.encrypted')
      return undefined
    },
    inputs: { files: '*.encrypted' },
    expected: 'mac-mismatch',
  }
}

function lineOf(text: string, name: string): string {
  return new RegExp(`^${name}=.*$`, 'm').exec(text)![0]
}

function withLines(text: string, other: string, names: readonly string[]): string {
  return names.reduce((whole, name) => whole.replace(lineOf(whole, name), () => lineOf(other, name)), text)
}

function withRule(text: string, rule: string): string {
  return text.replace(/^sops_unencrypted_suffix=.*$/m, `sops_${rule}`)
}

function relabelled(text: string, label: string): string {
  return text.replace(/^(A=.*)type:str\]$/m, `$1type:${label}]`)
}

function flipped(start: string): string {
  return `${start.slice(0, -1)}${start.endsWith('A') ? 'B' : 'A'}`
}
