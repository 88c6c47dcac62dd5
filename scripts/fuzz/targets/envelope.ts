import { parseEncryptedFile, printEncryptedFile } from '../../../src/core/envelope/file.ts'
import { inspectFile } from '../../../src/core/envelope/inspect.ts'
import { SealwardError } from '../../../src/core/errors.ts'
import type { FuzzTarget } from '../target.ts'

const VALUE =
  'ENC[AES256_GCM,data:AAAA,iv:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,tag:AAAAAAAAAAAAAAAAAAAAAA==,type:str]'
const KEY = ['-----BEGIN AGE ENCRYPTED FILE-----', 'YWdl', '-----END AGE ENCRYPTED FILE-----'].join('\\n')
const SEED = [
  `A=${VALUE}`,
  `#${VALUE}`,
  'sops_age__list_0__map_recipient=age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq',
  `sops_age__list_0__map_enc=${KEY}`,
  'sops_lastmodified=2026-01-01T00:00:00Z',
  `sops_mac=${VALUE}`,
  'sops_unencrypted_suffix=_unencrypted',
  'sops_version=3.10.2',
  '',
].join('\n')

/** A file that is read is printed as it was; the rest is refused in words of our own. Inspecting one never throws. */
export const envelope: FuzzTarget = {
  seeds: () => [Buffer.from(SEED), Buffer.from(SEED.replaceAll('\n', '\r\n'))],
  words: ['sops_', '__list_1', '__map_', 'ENC[', ',iv:', ',tag:', ',type:int]', '\\n', '='],
  async run(input) {
    await inspectFile(input, '.env')
    try {
      const printed = printEncryptedFile(parseEncryptedFile(input))
      if (!Buffer.from(printed).equals(Buffer.from(printEncryptedFile(parseEncryptedFile(printed)))))
        throw new Error('what was printed is read as something else')
    } catch (error) {
      if (!(error instanceof SealwardError) || error.code === 'internal') throw error
    }
  },
}
