import type { KeyMatch } from './private-key.ts'

const TITLE = /\bsealward key share, version \d/gi
/** What stands between the title and the code, and the code. */
const REACH = 1500
const CODE_LINE = /^[ \t]*[1-4][ \t]{1,8}((?:[a-z0-9]{4}[ -]?){8})[ \t]*\r?$/gim

/** Shares of an age identity on a page, as `keys split` makes them: some of them are the key. */
export function findKeyShares(text: string): KeyMatch[] {
  return Array.from(text.matchAll(TITLE)).flatMap(({ index }) => {
    const code = Array.from(text.slice(index, index + REACH).matchAll(CODE_LINE), ([, line]) => line!.toLowerCase())
    const message = 'a share of an age identity, and some of these make the key again'
    return code.length === 0 ? [] : [{ index, message, essence: code.slice(0, 4).join('\n') }]
  })
}
