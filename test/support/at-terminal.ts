import { execFileSync } from 'node:child_process'

/** What somebody types when a prompt with these words is there. */
export type Answer = readonly [prompt: string, typed: string]

export interface AtTerminal {
  readonly status: number
  /** Everything that the terminal showed. */
  readonly shown: string
}

/** Runs a program in a pseudo-terminal of its own: what it asks is answered as if by hand. */
const DRIVER = `
import json, os, pty, select, sys, time
request = json.loads(sys.argv[1])
child, terminal = pty.fork()
if child == 0:
    os.execvpe(request['command'][0], request['command'], request['env'])
shown = b''
def read(seconds):
    global shown
    if not select.select([terminal], [], [], seconds)[0]: return True
    try: piece = os.read(terminal, 65536)
    except OSError: return False
    shown += piece
    return piece != b''
end = time.time() + 60
at = 0
for prompt, typed in request['answers']:
    while shown.find(prompt.encode(), at) < 0 and time.time() < end and read(0.2): pass
    at = shown.find(prompt.encode(), at) + len(prompt)
    # The program shows a prompt before it turns echo off.
    time.sleep(0.2)
    try: os.write(terminal, (typed + '\\n').encode())
    except OSError: break
while time.time() < end and read(0.2): pass
print(json.dumps({ 'status': os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), 'shown': shown.decode('utf-8', 'replace') }))
`

/** @param python the peer that has pseudo-terminals */
export function atTerminal(
  command: readonly string[],
  answers: readonly Answer[],
  { python, env }: { readonly python: string; readonly env: Readonly<Record<string, string | undefined>> },
): AtTerminal {
  const set = Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== undefined && name !== 'CI'))
  const request = JSON.stringify({ command, answers, env: set })
  return JSON.parse(execFileSync(python, ['-c', DRIVER, request], { encoding: 'utf8', timeout: 90_000 })) as AtTerminal
}
