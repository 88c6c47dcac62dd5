import { Buffer } from 'node:buffer'

/** Digits of pi, as the cipher mixes keys with them (RFC 2268 section 2). */
const PI = Buffer.from(
  [
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2',
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82',
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626',
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7',
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec',
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731',
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9',
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  ].join(''),
  'hex',
)
const BLOCK = 8
const SCHEDULE = 128
const ROTATIONS = [1, 2, 3, 5] as const

/**
 * Decrypts RC2 in CBC mode with the padding of PKCS#7. Certificates of old PKCS#12 files are encrypted so, with 40 bits, and Node's OpenSSL
 * no longer has it. It keeps no secret: the certificates are public, and 40 bits protect nothing.
 *
 * @param key of 1 to 128 bytes, all of which count
 * @returns null when the padding is wrong, as it is with the wrong key
 */
export function decryptRc2(encrypted: Uint8Array, key: Uint8Array, iv: Uint8Array): Uint8Array | null {
  if (encrypted.length === 0 || encrypted.length % BLOCK !== 0) return null
  const words = expand(key)
  const plain = new Uint8Array(encrypted.length)
  for (let start = 0; start < encrypted.length; start += BLOCK) {
    const before = start === 0 ? iv : encrypted.subarray(start - BLOCK, start)
    const block = decryptBlock(encrypted.subarray(start, start + BLOCK), words)
    for (const [index, octet] of block.entries()) plain[start + index] = octet ^ before[index]!
  }
  return unpadded(plain)
}

function unpadded(plain: Uint8Array): Uint8Array | null {
  const padding = plain.at(-1)!
  if (padding < 1 || padding > BLOCK) return null
  return plain.subarray(-padding).every((octet) => octet === padding) ? plain.subarray(0, -padding) : null
}

function expand(key: Uint8Array): Uint16Array {
  const bytes = new Uint8Array(SCHEDULE)
  bytes.set(key)
  for (let i = key.length; i < SCHEDULE; i += 1) bytes[i] = PI[(bytes[i - 1]! + bytes[i - key.length]!) & 0xff]!
  const first = SCHEDULE - key.length
  bytes[first] = PI[bytes[first]!]!
  for (let i = first - 1; i >= 0; i -= 1) bytes[i] = PI[bytes[i + 1]! ^ bytes[i + key.length]!]!
  return Uint16Array.from({ length: SCHEDULE / 2 }, (_, i) => bytes[2 * i]! | (bytes[2 * i + 1]! << 8))
}

/** Section 4: five mixing rounds, a mashing round, six, one, five, all backwards. A Uint16Array does the arithmetic modulo 2^16. */
function decryptBlock(block: Uint8Array, words: Uint16Array): Uint8Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => block[2 * i]! | (block[2 * i + 1]! << 8))
  for (let round = 15; round >= 0; round -= 1) {
    for (let i = 3; i >= 0; i -= 1) unmix(r, i, words[4 * round + i]!)
    if (round === 11 || round === 5) for (let i = 3; i >= 0; i -= 1) r[i]! -= words[r[(i + 3) % 4]! & 63]!
  }
  return Uint8Array.from({ length: BLOCK }, (_, i) => r[i >> 1]! >> (i % 2 === 0 ? 0 : 8))
}

function unmix(r: Uint16Array, i: number, word: number): void {
  const [one, two, three] = [r[(i + 3) % 4]!, r[(i + 2) % 4]!, r[(i + 1) % 4]!]
  const rotation = ROTATIONS[i]!
  const turned = (r[i]! >> rotation) | (r[i]! << (16 - rotation))
  r[i] = turned - word - (one & two) - (~one & three)
}
