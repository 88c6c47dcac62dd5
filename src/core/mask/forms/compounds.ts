import { cores, urlAlphabet } from './encodings/base64.ts'
import { asJson } from './escapes/json.ts'
import type { Family } from './family.ts'

/** Encodings of a spelling: a JWT holds base64 of JSON, a dump of a Kubernetes secret may hold hex of base64. */
export const compounds: Family = {
  name: 'encodings of encodings',
  longest: 4096,
  *forms(text) {
    const bytes = Buffer.from(text, 'utf8')
    for (const inner of [asJson(text), encodeURIComponent(text)])
      if (inner !== text)
        for (const core of cores(Buffer.from(inner, 'utf8'))) {
          yield core
          yield urlAlphabet(core)
        }
    for (const core of cores(bytes)) yield Buffer.from(core, 'latin1').toString('hex')
    yield* cores(Buffer.from(bytes.toString('hex'), 'latin1'))
  },
}
