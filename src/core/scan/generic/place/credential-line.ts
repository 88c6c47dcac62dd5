import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import type { CredentialFile } from '../file-traits.ts'
import { standInReason } from '../value/stand-in.ts'

/** The line of each format; the group is the secret. */
const LINES: Readonly<Record<CredentialFile, RegExp>> = {
  netrc: /(?:^|\s)password\s+"?([^\s"]{1,256})/d,
  pgpass: /^[^#:\s][^:\n]{0,255}:(?:\d{1,5}|\*):[^:\n]{1,128}:[^:\n]{1,128}:([^\r\n]{1,256})/d,
  htpasswd: /^[^#:\s]{1,255}:([^\s:]{8,256})/d,
}

const MAX_LINE = 1200

/** Finds the secret in the line of a hit, in a file whose lines are credentials. */
export function readCredentialLine(text: ScanText, hit: number, format: CredentialFile): Detection | null {
  const start = text.lineStart(hit)
  const line = text.slice(start, Math.min(text.lineEnd(hit), start + MAX_LINE))
  const place = LINES[format].exec(line)?.indices?.[1]
  if (place === undefined || (format !== 'htpasswd' && standInReason(line.slice(...place), []) !== null)) return null
  return {
    rule: 'credential-file',
    start: start + place[0],
    end: start + place[1],
    severity: 'high',
    confidence: 'high',
    shown: 0,
    reasons: [`a line of a ${format} file`],
  }
}

const HASHED = /^[^#:\s"'=,(]{1,64}:(\$(?:apr1|2[aby]|[156y])\$[^\s:"']{20,200}|\{SHA\}[A-Za-z0-9+/]{27}=)/d

/** Finds `user:$apr1$…` and the lines of `shadow` by the mark of the hash, in a file of any name. */
export function readHashedLine(text: ScanText, hit: number): Detection | null {
  const start = text.lineStart(hit)
  const place = HASHED.exec(text.slice(start, Math.min(text.lineEnd(hit), start + MAX_LINE)))?.indices?.[1]
  if (place === undefined || start + place[0] !== hit) return null
  return {
    rule: 'credential-file',
    start: hit,
    end: start + place[1],
    severity: 'medium',
    confidence: 'medium',
    shown: 0,
    reasons: ['a user with the hash of a password'],
  }
}

const PGPASS =
  /^(?:\*|localhost|[\w-]+(?:\.[\w-]+)+):(?:5432|5433|6432|\*):[^:\s"']{1,128}:[^:\s"']{1,128}:([^\s"']{4,256})$/d

/** Finds a line of `.pgpass` in a file of another name, by its port. */
export function readPgpassLine(text: ScanText, hit: number): Detection | null {
  const start = text.lineStart(hit)
  const line = text.slice(start, Math.min(text.lineEnd(hit), start + MAX_LINE)).trimEnd()
  const place = PGPASS.exec(line)?.indices?.[1]
  if (place === undefined || standInReason(line.slice(...place), []) !== null) return null
  return {
    rule: 'credential-file',
    start: start + place[0],
    end: start + place[1],
    severity: 'high',
    confidence: 'medium',
    shown: 0,
    reasons: ['a line as in a pgpass file'],
  }
}
