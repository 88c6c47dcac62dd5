import { coresOfMask, inBothAlphabets } from './encodings/base64.ts'
import { asJson } from './escapes/json.ts'
import { asUrl } from './escapes/url.ts'
import type { Family } from './family.ts'
import { base64Cores } from './text.ts'

/** Encodings of a spelling: a JWT holds base64 of JSON, a dump of a Kubernetes secret may hold hex of base64. */
export const compounds: Family = {
  name: 'encodings of encodings',
  longest: 4096,
  *forms({ plain, bytes, cores, masker }) {
    for (const inner of [asJson(plain), asUrl(plain)])
      if (inner !== plain) yield* base64Cores(Buffer.from(inner, 'utf8')).flatMap(inBothAlphabets)
    for (const core of cores) yield Buffer.from(core, 'latin1').toString('hex')
    yield* coresOfMask(bytes.toString('hex'), masker)
  },
}
