import type { Detection } from '../../detection.ts'
import type { ScanText } from '../../engine/scan-text.ts'
import type { FileTraits } from '../file-traits.ts'
import { placeholderReason } from '../value/placeholder.ts'
import { shapeOf } from '../value/shape.ts'

const MAX_COMMAND = 600

/** How a program takes a password on its command line. The last group is the password; `d` gives its place. */
const FORMS: readonly { readonly program: RegExp; readonly argument: RegExp }[] = [
  { program: /^curl$/, argument: /\s(?:-u|--user|-U|--proxy-user)[ =]?["']?([^\s"':]{1,100}):([^\s"']{3,200})/d },
  { program: /^mysql/, argument: /\s(-p)["']?([^\s"'-][^\s"']{2,100})/d },
  { program: /^sshpass$/, argument: /\s(-p) ?["']?([^\s"']{3,100})/d },
  { program: /^redis-cli$/, argument: /\s(-a) ?["']?([^\s"'-][^\s"']{2,200})/d },
  { program: /^securestring$/, argument: /^securestring\s+(-String\s+)?["']([^"'$]{4,200})["']/di },
  { program: /^docker login$/, argument: /\s(-p) ?["']?([^\s"'-][^\s"']{2,200})/d },
]

/** Finds `curl -u user:password` and its like behind a program's name. */
export function readCommand(text: ScanText, hit: number, traits: FileTraits): Detection | null {
  const line = text.slice(hit, Math.min(text.lineEnd(hit), hit + MAX_COMMAND))
  const program = /^(?:docker login|[a-z-]+)/i.exec(line)?.[0].toLowerCase() ?? ''
  const form = FORMS.find((candidate) => candidate.program.test(program))
  const match = form?.argument.exec(line)
  const place = match?.indices?.[2]
  if (match === undefined || match === null || place === undefined) return null
  const password = line.slice(...place)
  if (!isPassword(password, match[1] ?? '')) return null
  const doubtful = traits.test || traits.example || traits.syntax === 'docs'
  return {
    rule: 'command-line-password',
    start: hit + place[0],
    end: hit + place[1],
    severity: 'high',
    confidence: doubtful ? 'low' : 'medium',
    shown: 0,
    reasons: ['a password in a command'],
  }
}

function isPassword(password: string, user: string): boolean {
  if (placeholderReason(password, [user.toLowerCase()]) !== null || /^[$<%{[(]|^\/|:\/\/|[{}()]/.test(password))
    return false
  const shape = shapeOf(password)
  return (
    !(shape.wordy > 0.6 && shape.digits === 0 && shape.special === 0) &&
    !(shape.digits === shape.length && shape.length < 6)
  )
}
