const [LF, CR, ESC] = [0x0a, 0x0d, 0x1b]
/** What the runner puts before a line: the time, and the mark of a line that the page shows folded or in colour, which may be coloured. */
const PREFIX =
  /^(?:\xef\xbb\xbf)?(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,9}Z ?)?(?:(?:\x1b\[[ -?]{0,40}[@-~]){0,4}##\[[a-z-]{1,20}\])?/
const LONGEST_PREFIX = 256
/** ECMA-48 section 5.4: digits and separators, and a letter that ends them. */
const CSI_PARAMETERS = { from: 0x20, to: 0x3f, most: 40 } as const

/**
 * A job's log as the job printed it: without times, `##[group]` and the like, colours and carriage returns before line ends, all of which
 * would stand between the lines and the letters of a value. It has as many lines as the log. Of the sequences with a text in them (titles,
 * links) the text stays: a value can stand there too.
 */
export function cleanLog(log: Uint8Array): Uint8Array {
  const stored = Buffer.from(log.buffer, log.byteOffset, log.length)
  const kept = Buffer.allocUnsafe(stored.length)
  let length = 0
  for (let at = afterPrefix(stored, 0); at < stored.length; ) {
    const byte = stored[at] as number
    if (byte === ESC) at = afterEscape(stored, at)
    else if (byte === CR && stored[at + 1] === LF) at += 1
    else {
      kept[length] = byte
      length += 1
      at = byte === LF ? afterPrefix(stored, at + 1) : at + 1
    }
  }
  return kept.subarray(0, length)
}

function afterPrefix(stored: Buffer, at: number): number {
  return at + PREFIX.exec(stored.toString('latin1', at, at + LONGEST_PREFIX))![0].length
}

/** `ESC ( B`, which `tput sgr0` writes before each of its colours ends: ECMA-35 section 14.3.2, for the sets that terminals have. */
function isCharset(stored: Buffer, at: number): boolean {
  return (stored[at + 1] === 0x28 || stored[at + 1] === 0x29) && (stored[at + 2] === 0x42 || stored[at + 2] === 0x30)
}

/** Of a sequence that is none, or has no end, only what begins it is passed over. */
function afterEscape(stored: Buffer, at: number): number {
  const kind = stored[at + 1]
  if (kind === 0x5d) return at + 2
  if (isCharset(stored, at)) return at + 3
  if (kind !== 0x5b) return at + 1
  const { from, to, most } = CSI_PARAMETERS
  let end = at + 2
  while (end < at + 2 + most && stored[end]! >= from && stored[end]! <= to) end += 1
  const last = stored[end] ?? 0
  return last >= 0x40 && last <= 0x7e ? end + 1 : at + 2
}
