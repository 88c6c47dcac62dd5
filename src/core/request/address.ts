/** A block of addresses: all that begin with the same bits. */
export interface AddressBlock {
  readonly bytes: readonly number[]
  readonly bits: number
}

const CHARACTERS = 49

/** @returns null for what is neither an address nor one with a length behind it, of IPv4 or IPv6 (RFC 4632, RFC 4291 section 2.3) */
export function parseBlock(text: string): AddressBlock | null {
  if (text.length > CHARACTERS) return null
  const [address = '', length, ...more] = text.split('/')
  const bytes = parseAddress(address)
  if (bytes === null || more.length > 0) return null
  const bits = length === undefined ? bytes.length * 8 : /^(?:0|[1-9][0-9]{0,2})$/.test(length) ? Number(length) : -1
  return bits < 0 || bits > bytes.length * 8 ? null : { bytes, bits }
}

/** Whether an address is in a block. One that cannot be read is in none. */
export function isWithin(address: string, { bytes, bits }: AddressBlock): boolean {
  const own = parseAddress(address)
  if (own === null || own.length !== bytes.length) return false
  return bytes.every((byte, at) => {
    const counted = Math.min(Math.max(bits - at * 8, 0), 8)
    return byte >> (8 - counted) === own[at]! >> (8 - counted)
  })
}

/** An IPv4 address that is written as one of IPv6 (`::ffff:1.2.3.4`) is the IPv4 address: else a block would have a second door. */
function parseAddress(text: string): readonly number[] | null {
  if (!text.includes(':')) return parseFour(text)
  const bytes = parseSix(text)
  const isMapped = bytes?.slice(0, 12).every((byte, at) => byte === (at < 10 ? 0 : 255)) ?? false
  return isMapped ? bytes!.slice(12) : bytes
}

function parseFour(text: string): readonly number[] | null {
  const parts = text.split('.')
  const isRight =
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256)
  return isRight ? parts.map(Number) : null
}

function parseSix(text: string): readonly number[] | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head, tail] = [groupsOf(halves[0]!), groupsOf(halves[1] ?? '')]
  if (head === null || tail === null) return null
  const missing = 16 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 2) return null
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}

function groupsOf(text: string): readonly number[] | null {
  if (text === '') return []
  const groups = text.split(':')
  const bytes: number[] = []
  for (const [at, group] of groups.entries()) {
    const four = at === groups.length - 1 ? parseFour(group) : null
    if (four !== null) bytes.push(...four)
    else if (/^[0-9A-Fa-f]{1,4}$/.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255)
    else return null
  }
  return bytes
}
