/** Bytes as a string, a character for each. ASCII is its own. */
type BinaryString = string

/**
 * What base64 of any text that holds these bytes has in common, for each of the three ways in which they can lie: three bytes
 * make four characters. The characters that share bits with a neighbour are cut, for nobody knows the neighbour.
 */
export function base64Cores(bytes: BinaryString): readonly string[] {
  return coresOfEach([bytes])[0]!
}

/** So many bytes behind a copy let the next one lie a byte further in its group of three, by the rest of its length. */
const GAPS = ['\0', '', '\0\0']

/** The same of several texts. Every copy stands in one text and is encoded by one call, for a call costs more than its work. */
export function coresOfEach(texts: readonly BinaryString[]): readonly (readonly string[])[] {
  let laid = ''
  for (const bytes of texts) {
    const copy = bytes + GAPS[bytes.length % 3]!
    laid += copy + copy + copy
  }
  const encoded = Buffer.from(laid, 'latin1').toString('base64')
  let start = 0
  return texts.map(({ length }) => {
    const step = length + GAPS[length % 3]!.length
    const first = start
    const second = first + ((step - 1) / 3) * 4
    const third = second + second - first
    start += step * 4
    // A byte before it has a part in two characters, two bytes have one in three.
    return [
      encoded.slice(first, first + Math.floor((length * 8) / 6)),
      encoded.slice(second + 2, second + Math.floor(((1 + length) * 8) / 6)),
      encoded.slice(third + 3, third + Math.floor(((2 + length) * 8) / 6)),
    ]
  })
}
