import { redact as redactTask } from '../../../tasks/job/redact.ts'
import { ANY_NAME, type Command, DEFAULT_FILE, FILE, IDENTITY, PUBLIC, QUOTES } from '../../command.ts'
import { readingOf } from '../../reading.ts'

export const redact: Command = {
  name: 'redact',
  synopsis: '',
  summary: 'Passes stdin on to stdout with the encrypted values hidden.',
  details: `
Values are hidden in the forms that programs print them in: base64, hex, JSON,
URLs, shell words and others. docs/masking.md has the list, and what cannot be
hidden. When a file does not open, nothing is passed on.

  some-command 2>&1 | sealward redact`,
  flags: [{ ...FILE, repeat: true }, PUBLIC, IDENTITY, QUOTES, ANY_NAME],
  args: { min: 0, max: 0 },
  async run(call) {
    const files = call.all('file')
    const request = { files: files.length === 0 ? [DEFAULT_FILE] : files, publicNames: call.all('public') }
    await redactTask({ ...request, ...readingOf(call) }, call.world)
    return 0
  },
}
