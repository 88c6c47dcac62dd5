import { chmodSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect } from 'vitest'
import type { Document } from '../../src/core/dotenv/document.ts'
import { encryptOver } from '../../src/core/envelope/encrypt.ts'
import { printEncryptedFile } from '../../src/core/envelope/file.ts'
import { itWith } from '../peers.ts'
import { documentOf, variablesOf } from '../support/documents.ts'
import { bytesOf, linesOf, type Member, newMember, open, seal } from '../support/sealing.ts'
import { Sops, shapeOf, withSops } from '../support/sops.ts'
import { parseVector } from '../support/vectors/vector.ts'

const PEER = 'sops>=3.13'

let member: Member
beforeAll(async () => {
  member = await newMember()
})

describe('on our files, sops can', () => {
  itWith(PEER, 'set numbers and booleans, which we read as their text and keep as they are', (program) =>
    withSops(program!, member, async (sops) => {
      sops.write('x.env', await seal(documentOf({ A: 'one' }), [member]))
      for (const [name, json] of Object.entries({
        PORT: '8080',
        RATIO: '1.50',
        ON: 'true',
        OFF: 'false',
        TEXT: '"True"',
      }))
        sops.run('set', 'x.env', `["${name}"]`, json)
      const opened = await open(sops.read('x.env'), member.identity)
      const values = { A: 'one', PORT: '8080', RATIO: '1.5', ON: 'true', OFF: 'false', TEXT: 'True' }
      expect(variablesOf(opened.document)).toEqual(values)
      expect(['PORT', 'RATIO', 'ON', 'TEXT'].map((name) => typeOf(opened.variables.get(name)!.stored))).toEqual([
        'float',
        'float',
        'bool',
        'str',
      ])
      expect(sops.run('decrypt', 'x.env')).toContain('PORT=8080.0\n')
      const after = await encryptOver(opened, documentOf({ ...values, A: 'two' }), new Date())
      const bytes = printEncryptedFile(after!)
      expect(linesOf(bytes).slice(1, 6)).toEqual(linesOf(sops.read('x.env')).slice(1, 6))
      expect(sops.variablesOf(bytes)).toEqual({ A: 'two', PORT: 8080, RATIO: 1.5, ON: true, OFF: false, TEXT: 'True' })
    }),
  )

  itWith(PEER, 'unset a value', (program) =>
    withSops(program!, member, async (sops) => {
      sops.write('x.env', await seal(documentOf({ A: '1', B: '2' }), [member]))
      sops.run('unset', 'x.env', '["A"]')
      expect((await open(sops.read('x.env'), member.identity)).document).toEqual(documentOf({ B: '2' }))
    }),
  )

  itWith(PEER, 'rotate the data key, and keeps the IVs under the new one', (program) =>
    withSops(program!, member, async (sops) => {
      const given: Document = [{ kind: 'comment', text: ' kept' }, ...documentOf({ A: '1', B: 'a\nb', C: '' })]
      sops.write('x.env', await seal(given, [member]))
      const before = await open(sops.read('x.env'), member.identity)
      const ivs = () =>
        linesOf(sops.read('x.env'))
          .slice(0, 3)
          .map((line) => /iv:[^,]+/.exec(line)![0])
      const old = ivs()
      sops.run('rotate', '-i', 'x.env')
      const after = await open(sops.read('x.env'), member.identity)
      expect(after.document).toEqual(given)
      expect(Buffer.from(after.dataKey)).not.toEqual(Buffer.from(before.dataKey))
      expect(ivs()).toEqual(old)
    }),
  )

  itWith(PEER, 'update the keys, which adds a recipient under the same data key', (program) =>
    withSops(program!, member, async (sops) => {
      const second = await newMember('hybrid')
      const before = await seal(documentOf({ A: '1' }), [member])
      sops.write('x.env', before)
      sops.write('.sops.yaml', `creation_rules:\n  - age: ${member.recipient.text},${second.recipient.text}\n`)
      sops.run('updatekeys', '-y', 'x.env')
      const after = await open(sops.read('x.env'), second.identity)
      expect(Buffer.from(after.dataKey)).toEqual(Buffer.from((await open(before, member.identity)).dataKey))
      expect(linesOf(sops.read('x.env'))[0]).toBe(linesOf(before)[0])
    }),
  )

  itWith(PEER, 'edit, which drops blank lines and makes a line break of backslash and n', (program) => {
    const given: Document = [
      ...documentOf({ A: 'one', B: 'C:\\new' }),
      { kind: 'blank' },
      { kind: 'comment', text: ' end' },
    ]
    const work = async (sops: Sops) => {
      sops.write('editor', '#!/bin/sh\nsed -i.bak s/one/1/ "$1"\n')
      chmodSync(join(sops.folder, 'editor'), 0o700)
      sops.write('x.env', await seal(given, [member]))
      sops.run('edit', 'x.env')
      expect((await open(sops.read('x.env'), member.identity)).document).toEqual([
        ...documentOf({ A: '1', B: 'C:\new' }),
        { kind: 'comment', text: ' end' },
      ])
    }
    return withSops(program!, member, work, { EDITOR: './editor' })
  })

  itWith(PEER, 'find the metadata where it would write them itself, also of twelve recipients', (program) =>
    withSops(program!, member, async (sops) => {
      const crowd = [...(await Promise.all(Array.from({ length: 11 }, () => newMember()))), member]
      const theirs = sops.encrypt('A=1\n', '--age', crowd.map(({ recipient }) => recipient.text).join(','))
      const ours = await seal(documentOf({ A: '1' }), crowd)
      expect(linesOf(ours).map(shapeOf)).toEqual(linesOf(theirs).map(shapeOf))
    }),
  )

  itWith(PEER, 'tell that a value was taken away, moved or added', (program) =>
    withSops(program!, member, async (sops) => {
      const lines = linesOf(await seal(documentOf({ A: '1', B: '2' }), [member]))
      const altered = [
        lines.toSpliced(0, 1),
        lines.with(0, lines[1]!).with(1, lines[0]!),
        ['C_unencrypted=3', ...lines],
      ]
      for (const each of altered)
        expect(() => sops.variablesOf(bytesOf(`${each.join('\n')}\n`))).toThrow('MAC mismatch')
      expect(sops.variablesOf(bytesOf(`${lines.join('\n')}\n`))).toEqual({ A: '1', B: '2' })
    }),
  )
})

/** Where sops and docs/format.md part. Everything else they judge alike: the same variables, or an error. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  ok_crlf: 'sops cannot read CR LF',
  ok_types: 'sops panics on the type bytes, which it never writes',
  duplicate_empty: 'sops takes both, and its JSON the second',
  malformed_base64_bits: 'Go ignores bits behind the last byte',
  malformed_comment_cut: 'sops takes a comment that does not open for plain text',
  malformed_iv_long: 'sops takes any length',
  malformed_iv_short: 'sops takes any length',
  malformed_list_number: 'sops takes 00 for 0',
  malformed_not_utf8: 'sops reads bytes',
  malformed_one_cr: 'sops ignores what stands behind the bracket',
  malformed_recipient_control: 'sops reads names as they are',
  malformed_recipient_field: 'sops ignores unknown fields',
  malformed_recipient_name: 'sops needs no name',
  malformed_trailing_bytes: 'sops ignores what stands behind the bracket',
  'name-invalid_dash': 'sops takes any name',
  'name-invalid_export': 'sops takes any name',
  'name-invalid_nothing': 'sops takes any name',
  'name-invalid_prefix': 'sops ignores unknown metadata',
  'name-invalid_space': 'sops takes any name',
  'not-representable_comment': 'sops prints it as two lines, the second of which is a variable',
  'not-representable_plain_comment': 'sops reads CR as any byte',
  'value-not-authentic_comment': 'sops takes a comment that does not open for plain text',
}

describe('the test vectors', () => {
  itWith(PEER, 'are judged by sops as we do, but for the listed differences', async (program) => {
    const folder = join(import.meta.dirname, '..', 'vectors', 'envelope')
    const sops = new Sops(program!, readFileSync(join(folder, 'identity.txt'), 'utf8'))
    const differing = readdirSync(folder).flatMap((file) => {
      if (file === 'identity.txt') return []
      const vector = parseVector(file, readFileSync(join(folder, file)))
      if (vector.reading !== undefined) return []
      const verdict = JSON.stringify(readWith(sops, vector.file))
      return verdict === JSON.stringify(vector.variables) ? [] : [file.replace('.txt', '')]
    })
    sops.close()
    expect(differing.toSorted()).toEqual(Object.keys(DIFFERENCES).toSorted())
  })
})

/** The variables as text, or undefined when sops refuses the file. */
function readWith(sops: Sops, file: Uint8Array): Record<string, string> | undefined {
  try {
    return Object.fromEntries(Object.entries(sops.variablesOf(file)).map(([name, value]) => [name, String(value)]))
  } catch {
    return undefined
  }
}

function typeOf(stored: string): string | undefined {
  return /type:(\w+)\]$/.exec(stored)?.[1]
}
