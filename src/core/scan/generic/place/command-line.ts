import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import type { FileTraits } from '../file-traits.ts'
import { DEFUSING_ENDS, DEFUSING_STARTS } from '../name/name-words.ts'
import { splitWords } from '../name/split-words.ts'
import { isMadeUpPlace } from '../score.ts'
import { isPublic } from '../value/no-secret.ts'
import { shapeOf } from '../value/shape.ts'
import { standInReason } from '../value/stand-in.ts'

const MAX_COMMAND = 600

/** How a program takes a password on its command line. The last group is the password; `d` gives its place. */
const FORMS: readonly { readonly program: RegExp; readonly argument: RegExp }[] = [
  { program: /^curl$/, argument: /\s(?:-u|--user|-U|--proxy-user)[ =]?["']?([^\s"':]{1,100}):["']?([^\s"']{3,200})/d },
  { program: /^mysql/, argument: /\s(-p)["']?([^\s"'-][^\s"']{2,100})/d },
  { program: /^sshpass$/, argument: /\s(-p) ?["']?([^\s"']{3,100})/d },
  { program: /^redis-cli$/, argument: /\s(-a) ?["']?([^\s"'-][^\s"']{2,200})/d },
  { program: /^securestring$/, argument: /^securestring\s+(-String\s+)?["']([^"'$]{4,200})["']/di },
  { program: /^keytool$/, argument: /\s(-(?:store|key|deststore|srcstore)pass) ["']?([^\s"']{4,200})/d },
  { program: /^mongo/, argument: /\s(-p) ?["']?([^\s"'-][^\s"']{2,200})/d },
  { program: /^net user$/, argument: /^net user\s+([\w.-]{1,64}) ["']?([^\s"'/*][^\s"']{3,128})/di },
  {
    program: /^chpasswd$/,
    argument: /["']([^\s"':]{1,64}):["']?([^\s"'|]{4,128})["']{1,2}\s*\|\s*(?:sudo\s+)?\S*chpasswd/d,
  },
  { program: /^enable secret$/, argument: /^enable secret (?:level \d+ )?(\d )?(\S{4,128})/di },
  { program: /^snmp-server community$/, argument: /^snmp-server community (\d )?(\S{4,128})/di },
  { program: /^docker login$/, argument: /\s(-p) ?["']?([^\s"'-][^\s"']{2,200})/d },
]

/** `echo 'user:x' | chpasswd`: the password stands before the program. */
export function readChpasswd(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  return readCommandAt(text, { at: text.lineStart(hit), program: 'chpasswd' }, traits)
}

/** Finds `curl -u user:password` and its like behind a program's name. */
export function readCommand(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const program = PROGRAM.exec(text.slice(hit, hit + MAX_PROGRAM))?.[0].toLowerCase() ?? ''
  return readCommandAt(text, { at: hit, program }, traits)
}

const PROGRAM = /^(?:docker login|net user|enable secret|snmp-server community|[a-z-]+)/i
const MAX_PROGRAM = 32

function readCommandAt(
  text: ScanText,
  { at, program }: { readonly at: number; readonly program: string },
  traits: FileTraits,
): Detection | null {
  const form = FORMS.find((candidate) => candidate.program.test(program))
  if (form === undefined) return null
  const line = text.slice(at, Math.min(text.lineEnd(at), at + MAX_COMMAND))
  const match = form.argument.exec(line)
  const place = match?.indices?.[2]
  if (match === null || place === undefined) return null
  const password = line.slice(...place)
  if (!isPassword(password, match[1] ?? '') || isNamedOtherwise(text, at)) return null
  return {
    rule: 'command-line-password',
    start: at + place[0],
    end: at + place[1],
    severity: 'high',
    confidence: isMadeUpPlace(traits) ? 'low' : /\d/.test(password) ? 'high' : 'medium',
    shown: 0,
    reasons: ['a password in a command'],
  }
}

/** `$PublicKey = ConvertTo-SecureString "x"`: what is made secure here is not secret. */
function isNamedOtherwise(text: ScanText, at: number): boolean {
  const name = /\$(\w{1,60})\s*=\s*ConvertTo-$/i.exec(text.slice(at - 100, at))?.[1]
  return name !== undefined && splitWords(name).some((word) => DEFUSING_ENDS.has(word) || DEFUSING_STARTS.has(word))
}

function isPassword(password: string, user: string): boolean {
  if (
    standInReason(password, [user.toLowerCase()]) !== null ||
    isPublic(password) ||
    /^[$<%{[(]|^\/|:\/\/|[{}()]/.test(password)
  )
    return false
  const shape = shapeOf(password)
  return (
    !(shape.wordy > 0.6 && shape.digits === 0 && shape.special === 0) &&
    !(shape.digits === shape.length && shape.length < 6)
  )
}
