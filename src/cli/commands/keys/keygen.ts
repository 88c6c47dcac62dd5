import { SealwardError } from '../../../core/errors.ts'
import { keygen as makeKey, recipientsOfFile } from '../../../tasks/keys/keygen.ts'
import type { Call, Command } from '../../command.ts'

export const keygen: Command = {
  name: 'keygen',
  synopsis: '',
  summary: "Makes an age key, in age-keygen's form, and says its recipient.",
  details: `
Without -o the key goes to stdout. A file is created with mode 0600 and never
overwritten. The recipient (age1...) is public: it goes into sealward.yml or
after -r. The key (AGE-SECRET-KEY-...) goes into SEALWARD_KEY, a GitHub secret,
or ~/.config/sealward/keys.txt.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'where the key goes' },
    { name: 'pq', help: 'a post-quantum hybrid key (ML-KEM-768 and X25519); sops reads it from 3.12.1' },
    { name: 'passphrase', short: 'p', help: 'protect the key with a passphrase, as age -p does' },
    { name: 'recipients', short: 'y', value: 'FILE', help: 'print the recipients of the keys in FILE instead' },
  ],
  args: { min: 0, max: 0 },
  async run(call) {
    const file = call.one('recipients')
    return file === undefined ? make(call) : show(file, call)
  },
}

async function make({ has, one, world }: Call): Promise<number> {
  const output = one('output')
  const kind = has('pq') ? 'hybrid' : 'x25519'
  const request = {
    kind,
    ...(output !== undefined && { output }),
    ...(has('passphrase') && { passphrase: true }),
  } as const
  const { recipient, text } = await makeKey(request, world)
  if (text !== undefined) world.terminal.print(text.reveal())
  if (output !== undefined || !world.terminal.interactive) world.terminal.error(`Public key: ${recipient.text}`)
  return 0
}

async function show(file: string, { has, one, world }: Call): Promise<number> {
  if (has('pq') || has('passphrase') || one('output') !== undefined)
    throw new SealwardError('usage', '-y goes with no other flag')
  for (const { text } of await recipientsOfFile(file, world)) world.terminal.print(`${text}\n`)
  return 0
}
