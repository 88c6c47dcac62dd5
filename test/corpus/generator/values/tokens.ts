import type { Split } from '../case.ts'
import type { Random } from '../random.ts'
import { BASE36, BASE36_UPPER, BASE62, BASE64_URL, DIGIT, HEX, LOWER, UPPER } from './alphabets.ts'
import { bech32, cloudKeyId, hexCheck, withBase62Check } from './checksums.ts'

/** How a provider writes a token. */
export type TokenForm = (random: Random) => string

/**
 * Prefixes stand in two pieces, so that this file is not a find of the scanners it is meant to judge.
 * Which providers are in which half is part of the split: a hidden form has to be found by its documented shape.
 */
export const TOKENS: Split<TokenForm> = {
  both: [
    cloudKeyId,
    (r) => p('gh', r.pick(['p_', 'o_', 'u_', 's_', 'r_'])) + withBase62Check(r, r.characters(BASE62, 30)),
    (r) => `${p('github', '_pat_')}${r.characters(BASE62, 22)}_${r.characters(BASE62, 59)}`,
    (r) => p('glp', 'at-') + r.characters(BASE64_URL, 20),
    (r) => p('np', 'm_') + withBase62Check(r, r.characters(BASE62, 30)),
    (r) => `${p('xox', 'b-')}${r.characters(DIGIT, 12)}-${r.characters(DIGIT, 12)}-${r.characters(BASE62, 24)}`,
    (r) => p('sk', r.pick(['_live_', '_live_', '_test_'])) + r.characters(BASE62, 24),
    (r) => p('AI', 'za') + r.characters(BASE64_URL, 35),
    (r) => `${p('S', 'G.')}${r.characters(BASE64_URL, 22)}.${r.characters(BASE64_URL, 43)}`,
    (r) =>
      `${p('https://hooks.sl', 'ack.com/services/')}T${r.characters(BASE36_UPPER, 10)}/B${r.characters(BASE36_UPPER, 10)}/${r.characters(BASE62, 24)}`,
  ],
  open: [
    (r) => p('py', 'pi-AgEIcHlwaS5vcmc') + r.characters(BASE64_URL, 150),
    (r) => p('dckr', '_pat_') + r.characters(BASE64_URL, 27),
    (r) => p('shp', 'at_') + r.characters(HEX, 32),
    (r) => p('dop', '_v1_') + r.characters(HEX, 64),
    (r) => p('hf', '_') + r.characters(LOWER + UPPER, 34),
    (r) => `${p('sk-', 'proj-')}${r.characters(BASE64_URL, 74)}${p('T3Blbk', 'FJ')}${r.characters(BASE64_URL, 74)}`,
    (r) => `${p('sk-', 'ant-api03-')}${r.characters(BASE64_URL, 93)}AA`,
    (r) => p('gls', 'a_') + grafana(r),
    (r) => p('NR', 'AK-') + r.characters(BASE36_UPPER, 27),
    (r) => p('lin', '_api_') + r.characters(BASE62, 40),
    (r) => `${p('PM', 'AK-')}${r.characters(HEX, 24)}-${r.characters(HEX, 34)}`,
    (r) => p('dp', '.pt.') + r.characters(BASE62, 43),
    (r) => p('sq', 'p_') + r.characters(HEX, 40),
    (r) => p('key', '-') + r.characters(HEX, 32),
    (r) => `${r.characters(DIGIT, 10)}:${p('A', 'A')}${r.characters(BASE64_URL, 33)}`,
    (r) => p('rubygems', '_') + r.characters(HEX, 48),
    (r) => bech32(r, p('age-sec', 'ret-key-')),
    (r) => p('dapi', '') + r.characters(HEX, 32),
  ],
  hidden: [
    (r) =>
      p('xox', 'p-') +
      `${r.characters(DIGIT, 12)}-${r.characters(DIGIT, 12)}-${r.characters(DIGIT, 13)}-${r.characters(HEX, 32)}`,
    (r) => p('GOC', 'SPX-') + r.characters(BASE64_URL, 28),
    (r) => p('gs', 'k_') + r.characters(BASE62, 52),
    (r) => `${p('xkey', 'sib-')}${r.characters(HEX, 64)}-${r.characters(BASE62, 16)}`,
    (r) => p('pul', '-') + r.characters(HEX, 40),
    (r) => p('hv', 's.') + r.characters(BASE64_URL, 95),
    (r) => p('tskey-', 'auth-') + r.characters(BASE62, 24),
    (r) => `${p('CCI', 'PAT_')}${r.characters(BASE62, 22)}_${r.characters(HEX, 40)}`,
    (r) => p('ntn', '_') + r.characters(DIGIT, 11) + r.characters(BASE62, 35),
    (r) => p('fig', 'd_') + r.characters(BASE64_URL, 40),
    (r) => p('pat-', 'na1-') + [8, 4, 4, 4, 12].map((count) => r.characters(HEX, count)).join('-'),
    (r) => p('nfp', '_') + r.characters(BASE62, 36),
    (r) => p('sgp', '_') + r.characters(HEX, 40),
    (r) => `${p('pat', '')}${r.characters(BASE62, 14)}.${r.characters(HEX, 64)}`,
    (r) => `https://dis${p('cord.com/api/web', 'hooks/')}${r.characters(DIGIT, 18)}/${r.characters(BASE64_URL, 68)}`,
    (r) => `${r.characters(BASE62, 3)}${r.characters(DIGIT, 1)}${p('Q', '~')}${r.characters(BASE64_URL, 33)}`,
    (r) => p('sntry', 'u_') + r.characters(HEX, 64),
    (r) => p('sk-or', '-v1-') + r.characters(HEX, 64),
    (r) => p('zp', 'ka_') + zuplo(r),
  ],
}

function p(first: string, second: string): string {
  return first + second
}

function grafana(random: Random): string {
  const body = random.characters(BASE62, 32)
  const check = hexCheck(random, p('gls', 'a_') + body)
  return `${body}_${(check.match(/../g) ?? []).reverse().join('')}`
}

function zuplo(random: Random): string {
  const body = random.characters(BASE36, 32)
  return `${body}_${hexCheck(random, body)}`
}
