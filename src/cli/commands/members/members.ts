import { SealwardError } from '../../../core/errors.ts'
import { amount } from '../../../core/report/amount.ts'
import { printable } from '../../../core/report/printable.ts'
import { addToMembers, listMembers, removeFromMembers, renameInMembers } from '../../../tasks/members/members.ts'
import { readRecipients } from '../../../tasks/steps/envelope.ts'
import { type Call, type Command, IDENTITY } from '../../command.ts'
import { CHANGING, changeOf, sayFiles, sayToDos } from '../../members/print.ts'
import { UPGRADING, upgrade } from '../../members/upgrade.ts'
import { openMembers } from '../../members/world.ts'

type Verb = (call: Call) => Promise<number>

const VERBS: Readonly<Record<string, Verb>> = { list, add, remove, rename, upgrade }

export const members: Command = {
  name: 'members',
  synopsis: 'list | add NAME RECIPIENT... | remove NAME | rename NAME NEW | upgrade --pq',
  summary: 'Who can open files: people, CI and services of sealward.yml.',
  details: `
list    who there is, and how many files each can open; needs no key
add     puts somebody into sealward.yml, and wraps the data keys of their files
        for them. A RECIPIENT is age1... or a file of recipients
remove  takes somebody off sealward.yml and off every file, under new data keys,
        and lists what they ever could read in .sealward/to-do: \`sealward check\`
        reports each secret until it is rotated. History stays readable to them
rename  changes the name alone
upgrade puts post-quantum recipients in the place of classical ones, under new
        data keys, and says which secrets of history stay exposed

All files change or none does. The rest of sealward.yml stays byte for byte.`,
  flags: [
    { name: 'role', value: 'ROLE', repeat: true, help: 'add: gives them this role: the files that it covers' },
    { name: 'rule', value: 'PATH', repeat: true, help: 'add: also to the list of the entry of files with this path' },
    { name: 'force', help: 'remove: also where it is the recovery key' },
    ...UPGRADING,
    ...CHANGING,
    IDENTITY,
  ],
  args: { min: 1, max: 100 },
  async run(call) {
    const verb = VERBS[call.args[0]!]
    if (verb === undefined) throw new SealwardError('usage', `members takes ${Object.keys(VERBS).join(', ')}`)
    return verb(call)
  },
}

async function list(call: Call): Promise<number> {
  needs(call, 0, 0)
  const { world, folder } = await openMembers(call.world)
  const found = await listMembers(folder, world)
  const width = Math.max(0, ...found.map(({ member }) => member.name.length))
  for (const { member, files } of found) {
    const also = [member.roles.join(', '), member.owners.join(', ')].filter(Boolean).map(printable)
    const words = [amount(member.keys.length, 'key'), amount(files.length, 'file'), ...also]
    call.world.terminal.print(`${member.name.padEnd(width)}  ${words.join('  ')}\n`)
  }
  if (found.length === 0) call.world.teller.note('sealward.yml names nobody')
  return 0
}

async function add(call: Call): Promise<number> {
  needs(call, 2, 99)
  const [, name, ...given] = call.args
  const recipients = await readRecipients(given, call.world.files)
  const { world, folder } = await openMembers(call.world)
  const member = {
    name: name!,
    keys: recipients.map(({ text }) => text),
    roles: call.all('role'),
    rules: call.all('rule'),
  }
  const outcome = await addToMembers({ ...changeOf(call), folder, member }, world)
  sayFiles(outcome, call)
  return 0
}

async function remove(call: Call): Promise<number> {
  needs(call, 1, 1)
  const { world, folder } = await openMembers(call.world)
  const outcome = await removeFromMembers(
    { ...changeOf(call), folder, name: call.args[1]!, force: call.has('force') },
    world,
  )
  for (const note of outcome.notes) call.world.teller.warn(note)
  sayFiles(outcome, call)
  sayToDos(outcome.toDo === null ? [] : [outcome.toDo], call)
  return 0
}

async function rename(call: Call): Promise<number> {
  needs(call, 2, 2)
  const { world, folder } = await openMembers(call.world)
  const outcome = await renameInMembers({ ...changeOf(call), folder, from: call.args[1]!, to: call.args[2]! }, world)
  sayFiles(outcome, call)
  return 0
}

/** @throws SealwardError usage for another number of arguments behind the verb */
function needs({ args }: Call, least: number, most: number): void {
  const count = args.length - 1
  if (count < least || count > most)
    throw new SealwardError('usage', `members ${args[0]} takes other arguments`, { hint: 'see members --help' })
}
