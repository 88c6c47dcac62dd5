const BEGIN = /^-{3,5} ?BEGIN /
const END = /^-{3,5} ?END /
const HEADER = /^[\w-]+:|^\s|\\$/

/** The bodies of the PEM blocks in a text (RFC 7468), each joined to one line: how JSON Web Keys and many a form want them. */
export function pemBodies(text: string): string[] {
  if (!text.includes('BEGIN ')) return []
  const bodies: string[] = []
  let body: string[] | null = null
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (BEGIN.test(line.trim())) body = []
    else if (END.test(line.trim())) {
      if (body !== null && body.length > 0) bodies.push(body.join(''))
      body = null
    } else if (body !== null && !HEADER.test(line)) body.push(line.trim())
  }
  return bodies
}
