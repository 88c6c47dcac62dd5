import { amount } from '../../../core/report/amount.ts'
import { printable } from '../../../core/report/printable.ts'
import { addToMembers, listMembers, removeFromMembers, renameInMembers } from '../../../tasks/members/members.ts'
import { readRecipients } from '../../../tasks/steps/envelope.ts'
import { type Call, type Command, type Group, IDENTITY } from '../../command.ts'
import { CHANGING, changeOf, sayFiles, sayToDos } from '../../members/print.ts'
import { upgrade } from '../../members/upgrade.ts'
import { openMembers } from '../../members/world.ts'

const list: Command = {
  name: 'members list',
  synopsis: '',
  summary: 'Says who there is, and how many files each can open; needs no key.',
  flags: [],
  args: { min: 0, max: 0 },
  run: listThem,
}

const add: Command = {
  name: 'members add',
  synopsis: 'NAME RECIPIENT...',
  summary: 'Puts somebody into sealward.yml, and wraps the data keys of their files for them.',
  details: `
A RECIPIENT is age1... or a file of recipients. Without --role they can open the
files for which sealward.yml lists no recipients of their own. Where there is no
sealward.yml, it is made. Needs a key that opens every file that changes.`,
  flags: [
    { name: 'role', value: 'ROLE', repeat: true, help: 'gives them this role: the files that it covers' },
    { name: 'rule', value: 'PATH', repeat: true, help: 'also to the list of the entry of files with this path' },
    ...CHANGING,
    IDENTITY,
  ],
  args: { min: 2, max: 99 },
  run: addOne,
}

const remove: Command = {
  name: 'members remove',
  synopsis: 'NAME',
  summary: 'Takes somebody off sealward.yml and off every file, under new data keys.',
  details: `
What they ever could read is listed in .sealward/to-do: \`sealward check\` reports
each secret until it is rotated. History stays readable to them. Needs a key that
opens every file that changes.`,
  flags: [{ name: 'force', help: 'also where it is the recovery key' }, ...CHANGING, IDENTITY],
  args: { min: 1, max: 1 },
  run: removeOne,
}

const rename: Command = {
  name: 'members rename',
  synopsis: 'NAME NEW',
  summary: 'Changes the name alone.',
  details: 'Wherever sealward.yml has it. No encrypted file changes, and no key is needed.',
  flags: [...CHANGING, IDENTITY],
  args: { min: 2, max: 2 },
  run: renameOne,
}

export const members: Group = {
  name: 'members',
  summary: 'Who can open files: people, CI and services of sealward.yml.',
  verbs: [list, add, remove, rename, upgrade],
  details: 'All files change or none does. The rest of sealward.yml stays byte for byte.',
}

async function listThem(call: Call): Promise<number> {
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

async function addOne(call: Call): Promise<number> {
  const [name, ...given] = call.args
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

async function removeOne(call: Call): Promise<number> {
  const { world, folder } = await openMembers(call.world)
  const outcome = await removeFromMembers(
    { ...changeOf(call), folder, name: call.args[0]!, force: call.has('force') },
    world,
  )
  for (const note of outcome.notes) call.world.teller.warn(note)
  sayFiles(outcome, call)
  sayToDos(outcome.toDo === null ? [] : [outcome.toDo], call)
  return 0
}

async function renameOne(call: Call): Promise<number> {
  const { world, folder } = await openMembers(call.world)
  const outcome = await renameInMembers({ ...changeOf(call), folder, from: call.args[0]!, to: call.args[1]! }, world)
  sayFiles(outcome, call)
  return 0
}
