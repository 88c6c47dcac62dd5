import { SealwardError } from '../../../core/errors.ts'
import { printablePath } from '../../../core/report/text.ts'
import { Secret } from '../../../core/secret.ts'
import { combineKey, type ShareSource, sharesOf, typeShares } from '../../../tasks/keys/keys-combine.ts'
import { protectKey, unprotectKey } from '../../../tasks/keys/keys-protect.ts'
import { type SplitOutcome, splitKey } from '../../../tasks/keys/keys-split.ts'
import { type Call, type Command, IDENTITY } from '../../command.ts'

type Verb = (call: Call) => Promise<number>

const VERBS: Readonly<Record<string, Verb>> = { split, combine, protect, unprotect }
const SHARE_BYTES = 1024 * 1024
const PAGE = '\f'

export const keys: Command = {
  name: 'keys',
  synopsis: 'split -n N -t T | combine [SHARE-FILE...] -o FILE | protect FILE | unprotect FILE',
  summary: 'Shares and passphrases of age keys, for the day that a key is lost.',
  details: `
split      makes N shares of the key of -i, any T of which make it again; fewer
           say nothing of it. -o FOLDER puts each into a file, --print prints one
           page for each, and waits for Enter between them at a terminal
combine    makes the key of its shares. '-' is stdin; without a file, shares are
           asked for line by line, not shown, and a mistyped line is named at once
protect    puts a passphrase on a key file, as age -p does
unprotect  takes it off

A passphrase is asked for at the terminal, or is in the file that
SEALWARD_KEY_PASSPHRASE_FILE names, or is what the command of
SEALWARD_KEY_PASSPHRASE_CMD prints. Shares and keys are written with mode 0600
and never overwritten. See docs/recovery.md.`,
  flags: [
    { name: 'shares', short: 'n', value: 'N', help: 'split: how many shares there are to be' },
    { name: 'threshold', short: 't', value: 'T', help: 'split: how many of them make the key' },
    {
      name: 'output',
      short: 'o',
      value: 'FILE|FOLDER',
      help: 'split: the folder of the shares; combine: the key file',
    },
    { name: 'print', help: 'split: print the shares, a page each' },
    IDENTITY,
  ],
  args: { min: 1, max: 256 },
  async run(call) {
    const verb = VERBS[call.args[0]!]
    if (verb === undefined) throw new SealwardError('usage', `keys takes ${Object.keys(VERBS).join(', ')}`)
    return verb(call)
  },
}

async function split(call: Call): Promise<number> {
  const { one, has, world } = call
  const folder = one('output')
  if (call.args.length > 1 || has('print') === (folder !== undefined))
    throw new SealwardError('usage', 'keys split takes -o FOLDER, or --print', { hint: 'see keys --help' })
  const numbers = { of: numberOf(one('shares')), threshold: numberOf(one('threshold')) }
  const outcome = await splitKey({ ...numbers, ...(folder !== undefined && { folder }) }, world)
  for (const file of outcome.files) world.terminal.print(`${printablePath(file)}\n`)
  if (folder === undefined) await printPages(outcome, call)
  world.terminal.error(
    `any ${numbers.threshold} of ${numbers.of} shares make the key of ${shortened(outcome.recipient.text)}`,
  )
  if (folder !== undefined)
    world.teller.note('keep each in another place, none in a repository, and delete these files then')
  return 0
}

/** A form feed is the end of a page, for whatever prints. */
async function printPages({ texts }: SplitOutcome, { world }: Call): Promise<void> {
  for (const [index, text] of texts.entries()) {
    const isLast = index === texts.length - 1
    world.terminal.print(world.terminal.interactive || isLast ? text.reveal() : text.reveal() + PAGE)
    if (world.terminal.interactive && !isLast) await world.ask('Enter for the next share ')
  }
}

async function combine({ args, one, world }: Call): Promise<number> {
  const output = one('output')
  if (output === undefined) throw new SealwardError('usage', 'say with -o where the key goes')
  const gather = async () => {
    const sources = await Promise.all(args.slice(1).map((file) => sourceOf(file, world)))
    return sources.length === 0 ? typeShares(world.ask, world) : sources.flatMap(sharesOf)
  }
  const recipient = await combineKey({ gather, output }, world)
  world.terminal.error(`Public key: ${recipient.text}`)
  return 0
}

async function sourceOf(file: string, { terminal, files }: Call['world']): Promise<ShareSource> {
  const bytes = file === '-' ? await terminal.input(SHARE_BYTES) : await files.read(file, SHARE_BYTES)
  if (bytes === null) throw new SealwardError('not-found', 'no such file', { file })
  return { name: file === '-' ? '(stdin)' : file, text: new Secret(Buffer.from(bytes).toString('utf8')) }
}

async function protect(call: Call): Promise<number> {
  const file = fileOf(call)
  await protectKey(file, call.world)
  call.world.teller.note(`${printablePath(file)} has a passphrase now; copies of it from before have none`)
  return 0
}

async function unprotect(call: Call): Promise<number> {
  const file = fileOf(call)
  await unprotectKey(file, call.world)
  call.world.teller.note(`${printablePath(file)} has no passphrase any more`)
  return 0
}

function fileOf({ args }: Call): string {
  if (args.length === 2) return args[1]!
  throw new SealwardError('usage', `keys ${args[0]} takes one FILE`, { hint: 'see keys --help' })
}

/** What is no number is refused with all that no split has. */
function numberOf(text: string | undefined): number {
  return text !== undefined && /^[0-9]{1,3}$/.test(text) ? Number(text) : Number.NaN
}

/** A post-quantum recipient has 1,959 characters. */
function shortened(recipient: string): string {
  return recipient.length < 100 ? recipient : `${recipient.slice(0, 16)}...`
}
