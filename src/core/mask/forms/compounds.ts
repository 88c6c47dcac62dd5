import { base64Cores, coresOfEach } from './cores.ts'
import { inBothAlphabets, unknownTo } from './encodings/base64.ts'
import { asJson } from './escapes/json.ts'
import { asUrl } from './escapes/url.ts'
import type { Family } from './family.ts'

/** Encodings of a spelling: a JWT holds base64 of JSON, a dump of a Kubernetes secret may hold hex of base64. */
export const compounds: Family = {
  name: 'encodings of encodings',
  longest: 4096,
  forms({ plain, isWord, cores, hex, masker }) {
    const spellings = isWord ? [] : [asJson(plain), asUrl(plain)].filter((inner) => inner !== plain)
    return [
      ...coresOfEach(spellings.map((inner) => Buffer.from(inner, 'utf8').toString('latin1'))).flatMap(inBothAlphabets),
      ...cores.map((core) => Buffer.from(core, 'latin1').toString('hex')),
      ...unknownTo(masker, base64Cores(hex), hex),
    ]
  },
}
