import { SealwardError } from '../../../core/errors.ts'
import { run as runTask } from '../../../tasks/job/run.ts'
import { type Command, DEFAULT_FILE, FILE, IDENTITY, PUBLIC, QUOTES } from '../../command.ts'
import { readingOf } from '../../reading.ts'

const CANNOT_DECRYPT = 125

export const run: Command = {
  name: 'run',
  synopsis: '[--] COMMAND [ARG...]',
  summary: 'Runs COMMAND with the decrypted values in its environment, without a shell.',
  details: `
With several -f, later files win, and the files win over the environment. When a
file does not open, COMMAND is not started.

exit status: COMMAND's own, 128+n when signal n ended it, 125 cannot decrypt, 126
not executable, 127 not found`,
  flags: [
    { ...FILE, repeat: true },
    {
      name: 'allow-name',
      value: 'NAME',
      repeat: true,
      help: 'let through a name that can take over a process, such as NODE_OPTIONS',
    },
    { name: 'redact', help: 'hide the values in what COMMAND prints, which then sees no terminal' },
    PUBLIC,
    IDENTITY,
    QUOTES,
  ],
  args: { min: 1, max: Number.POSITIVE_INFINITY },
  passesOn: true,
  failure: CANNOT_DECRYPT,
  async run(call) {
    const files = call.all('file')
    if (call.all('public').length > 0 && !call.has('redact'))
      throw new SealwardError('usage', '--public goes with --redact')
    return runTask(
      {
        files: files.length === 0 ? [DEFAULT_FILE] : files,
        allowNames: call.all('allow-name'),
        command: call.args,
        ...(call.has('redact') ? { redact: { publicNames: call.all('public') } } : {}),
        ...readingOf(call),
      },
      call.world,
    )
  },
}
