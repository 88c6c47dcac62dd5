import { shortRecipient } from '../../../core/age/short-recipient.ts'
import { SealwardError } from '../../../core/errors.ts'
import { printablePath } from '../../../core/report/text.ts'
import { Secret } from '../../../core/secret.ts'
import { combineKey, type ShareSource, sharesOf, typeShares } from '../../../tasks/keys/keys-combine.ts'
import { protectKey, unprotectKey } from '../../../tasks/keys/keys-protect.ts'
import { type SplitOutcome, splitKey } from '../../../tasks/keys/keys-split.ts'
import { type Call, type Command, type Group, IDENTITY } from '../../command.ts'

const SHARE_BYTES = 1024 * 1024
const PAGE = '\f'
const PASSPHRASE = `
The passphrase is asked for at the terminal, or is in the file that
SEALWARD_KEY_PASSPHRASE_FILE names, or is what the command of
SEALWARD_KEY_PASSPHRASE_CMD prints.`

const split: Command = {
  name: 'keys split',
  synopsis: '-n N -t T -o FOLDER|--print',
  summary: 'Makes N shares of the key of -i, any T of which make it again; fewer say nothing of it.',
  details: `
Without -i it is the key in the first place that
has one; a place with several is refused. No file is ever overwritten. N is at
most 255.`,
  flags: [
    { name: 'shares', short: 'n', value: 'N', help: 'how many shares there are to be' },
    { name: 'threshold', short: 't', value: 'T', help: 'how many of them make the key; 2 or more' },
    { name: 'output', short: 'o', value: 'FOLDER', help: 'the folder that gets a file for each (mode 0600)' },
    { name: 'print', help: 'print them instead, a page each; at a terminal Enter asks for the next' },
    IDENTITY,
  ],
  args: { min: 0, max: 0 },
  run: splitIt,
}

const combine: Command = {
  name: 'keys combine',
  synopsis: '[SHARE-FILE...] -o FILE',
  summary: 'Makes the key of its shares.',
  details: `
'-' is standard input. Without a file, shares are asked for line by line, not
shown, and a mistyped line is named at once.`,
  flags: [
    { name: 'output', short: 'o', value: 'FILE', help: 'where the key goes (mode 0600, never overwritten); needed' },
  ],
  args: { min: 0, max: 255 },
  run: combineShares,
}

const protect: Command = {
  name: 'keys protect',
  synopsis: 'FILE',
  summary: 'Puts a passphrase on a key file, as age -p does.',
  details: PASSPHRASE,
  flags: [],
  args: { min: 1, max: 1 },
  run: protectFile,
}

const unprotect: Command = {
  name: 'keys unprotect',
  synopsis: 'FILE',
  summary: 'Takes the passphrase off a key file.',
  details: PASSPHRASE,
  flags: [],
  args: { min: 1, max: 1 },
  run: unprotectFile,
}

export const keys: Group = {
  name: 'keys',
  summary: 'Shares and passphrases of age keys, for the day that a key is lost.',
  verbs: [split, combine, protect, unprotect],
  details: 'See docs/recovery.md.',
}

async function splitIt(call: Call): Promise<number> {
  const { one, has, world } = call
  const folder = one('output')
  if (has('print') === (folder !== undefined))
    throw new SealwardError('usage', 'keys split takes -o FOLDER, or --print')
  const numbers = { of: numberOf(one('shares')), threshold: numberOf(one('threshold')) }
  const outcome = await splitKey({ ...numbers, ...(folder !== undefined && { folder }) }, world)
  for (const file of outcome.files) world.terminal.print(`${printablePath(file)}\n`)
  if (folder === undefined) await printPages(outcome, call)
  world.terminal.error(
    `any ${numbers.threshold} of ${numbers.of} shares make the key of ${shortRecipient(outcome.recipient.text)}`,
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

async function combineShares({ args, one, world }: Call): Promise<number> {
  const output = one('output')
  if (output === undefined) throw new SealwardError('usage', 'say with -o where the key goes')
  const gather = async () => {
    const sources = await Promise.all(args.map((file) => sourceOf(file, world)))
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

async function protectFile(call: Call): Promise<number> {
  const file = call.args[0]!
  await protectKey(file, call.world)
  call.world.teller.note(`${printablePath(file)} has a passphrase now; copies of it from before have none`)
  return 0
}

async function unprotectFile(call: Call): Promise<number> {
  const file = call.args[0]!
  await unprotectKey(file, call.world)
  call.world.teller.note(`${printablePath(file)} has no passphrase any more`)
  return 0
}

/** What is no number is refused with all that no split has. */
function numberOf(text: string | undefined): number {
  return text !== undefined && /^[0-9]{1,3}$/.test(text) ? Number(text) : Number.NaN
}
