import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { contentsOf } from '../question.ts'

/** What test/vectors/certificate/make.sh made, with which tools it says there. */
const read = (name: string) => readFileSync(new URL(`../../../vectors/certificate/${name}`, import.meta.url))
const PASSWORD = 'vector'
const LEAF = 'vector.example.org'

function groupsOf(name: string, ...passwords: string[]): unknown[] {
  return contentsOf(read(name), passwords).groups.map((group) => [
    ...[group.name, group.role, group.keys.length],
    ...group.certificates.map(({ certificate }) => certificate.name),
  ])
}

describe('keystores of real tools', () => {
  it.each(['modern.p12', 'legacy-3des.p12', 'legacy-rc2-128.p12', 'legacy-rc2-40.p12'])(
    '%s opens with its password',
    (name) => {
      expect(groupsOf(name, 'another', PASSWORD)).toEqual([['', 'presented', 1, LEAF, 'Vector Root']])
    },
  )

  it.each(['modern.p12', 'legacy-3des.p12', 'legacy-rc2-128.p12', 'legacy-rc2-40.p12', 'java-trust.p12'])(
    '%s is locked without it, and says so once',
    (name) => {
      const { groups, problems } = contentsOf(read(name), ['another'])
      expect(groups).toEqual([])
      expect(problems.map(({ message }) => message)).toEqual([
        'a part of the PKCS#12 file is locked: no password at hand opens it, or its cipher is unknown',
      ])
    },
  )

  it('a trust store that keytool wrote as PKCS#12', () => {
    expect(groupsOf('java-trust.p12', PASSWORD)).toEqual([['', 'trusted', 0, 'Vector Root']])
  })

  it.each(['java.jks', 'java.jceks'])('%s shows its certificates without a password, by alias', (name) => {
    expect(contentsOf(read(name)).kind).toBe(name.split('.')[1])
    expect(groupsOf(name)).toEqual([
      ['authority', 'trusted', 0, 'Vector Root'],
      ['server', 'presented', 0, LEAF, 'Vector Root'],
    ])
  })

  it('certificates behind a secret key of a JCEKS are found', () => {
    expect(groupsOf('sealed.jceks')).toEqual([['', 'trusted', 0, 'Vector Root']])
  })

  it('a keystore that was cut off is damaged, and what was before the cut is read', () => {
    const whole = read('java.jks')
    const { groups, problems } = contentsOf(whole.subarray(0, whole.length - 100))
    expect(groups.map(({ name }) => name)).toEqual(['authority'])
    expect(problems.map(({ message }) => message)).toEqual([
      'the keystore is damaged: what it says of its size is not true',
    ])
  })
})
