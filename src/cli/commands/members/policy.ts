import { shortRecipient } from '../../../core/age/short-recipient.ts'
import { printTables } from '../../../core/policy/explain/rows.ts'
import type { AccessChange } from '../../../core/policy/people/compare.ts'
import { printable } from '../../../core/report/printable.ts'
import { inertJson } from '../../../core/report/scan/json/inert-json.ts'
import { printablePath } from '../../../core/report/text.ts'
import { showPolicy, testPolicy } from '../../../tasks/members/policy.ts'
import { diffPolicies } from '../../../tasks/members/policy-diff.ts'
import { rollBackPolicy } from '../../../tasks/members/policy-rollback.ts'
import { type Call, type Command, type Group, IDENTITY } from '../../command.ts'
import { openGitWorld } from '../../git/world.ts'
import { CHANGING, changeOf, sayFiles, sayToDos } from '../../members/print.ts'
import { openMembers } from '../../members/world.ts'

const show: Command = {
  name: 'policy show',
  synopsis: '',
  summary: 'Says who can open what by sealward.yml, and which entry or role decides.',
  details: 'Needs no key.',
  flags: [],
  args: { min: 0, max: 0 },
  run: showAll,
}

const test: Command = {
  name: 'policy test',
  synopsis: 'PATH...',
  summary: 'Says who could open each PATH by sealward.yml, and why; the file need not be there yet.',
  details: 'Needs no key.',
  flags: [],
  args: { min: 1, max: 1000 },
  run: testPaths,
}

const diff: Command = {
  name: 'policy diff',
  synopsis: '[REV|A..B]',
  summary:
    "Says who gains and who loses which of today's files: between the sealward.yml of a commit (default: HEAD) and that on disk, or those of two commits.",
  details: `
+ gains, - loses, ~ the same person with other keys, or other groups of people.
Needs no key.

exit status: 0 no difference, 1 there is one, 2 could not`,
  flags: [{ name: 'json', help: 'as JSON: change, file, name, keys, why' }],
  args: { min: 0, max: 1 },
  run: diffVersions,
}

const rollback: Command = {
  name: 'policy rollback',
  synopsis: 'REV',
  summary:
    'Puts the sealward.yml of a commit back, whole, and encrypts every file to those whom it names: all or none.',
  details: `
What people lose is listed in .sealward/to-do, as by \`members remove\`. Needs a
key that opens every file that changes. Commit what it writes.`,
  flags: [...CHANGING, IDENTITY],
  args: { min: 1, max: 1 },
  run: rollBack,
}

export const policy: Group = {
  name: 'policy',
  summary: 'Who can open what by sealward.yml, and what a change of it means.',
  verbs: [show, test, diff, rollback],
  details: `
Only rollback needs a key. Whether files are encrypted to those whom
sealward.yml names is what \`sealward verify\` looks at.`,
}

async function showAll({ world }: Call): Promise<number> {
  world.terminal.print(printTables(await showPolicy(world)))
  return 0
}

async function testPaths({ args: paths, world }: Call): Promise<number> {
  world.terminal.print(printTables(await Promise.all(paths.map((path) => testPolicy(path, world)))))
  return 0
}

async function diffVersions({ args, has, world }: Call): Promise<number> {
  const { folder, world: members } = await openMembers(world)
  const { stored } = openGitWorld()
  const changes = await diffPolicies({ folder, ...versionsOf(args[0] ?? 'HEAD') }, { ...members, stored })
  if (has('json')) world.terminal.print(`${inertJson({ changes }, 2)}\n`)
  else world.terminal.print(changes.map(printChange).join(''))
  return changes.length === 0 ? 0 : 1
}

/** As git has them: an end that is left out is HEAD. */
function versionsOf(text: string): { readonly from: string; readonly to: string | null } {
  const [from, to] = text.split('..', 2)
  return { from: from || 'HEAD', to: to === undefined ? null : to || 'HEAD' }
}

const WORDS: Readonly<Record<AccessChange['change'], string>> = {
  gains: '+ ',
  loses: '- ',
  rekeyed: '~ other keys of ',
  regrouped: '~ other groups',
}

function printChange({ change, file, name, keys, why }: AccessChange): string {
  const who = name ?? (keys[0] === undefined ? '' : shortRecipient(keys[0]))
  return `${WORDS[change]}${printable(who)}  ${printablePath(file)}  (${printable(why)})\n`
}

async function rollBack(call: Call): Promise<number> {
  const revision = call.args[0]!
  const { folder, world } = await openMembers(call.world)
  const { stored } = openGitWorld()
  const outcome = await rollBackPolicy({ ...changeOf(call), folder, revision }, { ...world, stored })
  for (const note of outcome.notes) call.world.teller.warn(note)
  call.world.terminal.print(outcome.access.map(printChange).join(''))
  sayFiles(outcome, call)
  if (outcome.toDos.length > 0) sayToDos(outcome.toDos, call)
  return 0
}
