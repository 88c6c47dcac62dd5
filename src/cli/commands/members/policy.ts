import { SealwardError } from '../../../core/errors.ts'
import { shortened } from '../../../core/policy/explain/recipients.ts'
import { printTables } from '../../../core/policy/explain/rows.ts'
import type { AccessChange } from '../../../core/policy/people/compare.ts'
import { printable } from '../../../core/report/printable.ts'
import { inertJson } from '../../../core/report/scan/inert-json.ts'
import { printablePath } from '../../../core/report/text.ts'
import { showPolicy, testPolicy } from '../../../tasks/members/policy.ts'
import { diffPolicies } from '../../../tasks/members/policy-diff.ts'
import { rollBackPolicy } from '../../../tasks/members/policy-rollback.ts'
import { type Call, type Command, IDENTITY } from '../../command.ts'
import { openGitWorld } from '../../git/world.ts'
import { CHANGING, changeOf, sayFiles, sayToDos } from '../../members/print.ts'
import { openMembers } from '../../members/world.ts'

type Verb = (call: Call) => Promise<number>

const VERBS: Readonly<Record<string, Verb>> = { show, test, diff, rollback }

export const policy: Command = {
  name: 'policy',
  synopsis: 'show | test PATH... | diff [REV|A..B] | rollback REV',
  summary: 'Says who can open what by sealward.yml, and which entry or role decides.',
  details: `
test      asks about files that need not be there yet
diff      who gains and who loses which of today's files: between the sealward.yml
          of a commit (default: HEAD) and that on disk, or those of two commits
rollback  puts the sealward.yml of a commit back, whole, and encrypts every file
          to those whom it names: all or none. What people lose is listed in
          .sealward/to-do, as by \`members remove\`

Only rollback needs a key. Whether files are encrypted to those whom sealward.yml
names is what \`sealward verify\` looks at.

exit status: 0 done, or no difference; 1 diff: there is one; 2 could not`,
  flags: [{ name: 'json', help: 'diff: as JSON: change, file, name, keys, why' }, ...CHANGING, IDENTITY],
  args: { min: 1, max: 1000 },
  async run(call) {
    const name = call.args[0]!
    if (!Object.hasOwn(VERBS, name)) throw wrongArguments()
    return VERBS[name]!(call)
  },
}

async function show({ args, world }: Call): Promise<number> {
  if (args.length > 1) throw wrongArguments()
  world.terminal.print(printTables(await showPolicy(world)))
  return 0
}

async function test({ args: [, ...paths], world }: Call): Promise<number> {
  if (paths.length === 0) throw wrongArguments()
  world.terminal.print(printTables(await Promise.all(paths.map((path) => testPolicy(path, world)))))
  return 0
}

async function diff({ args, has, world }: Call): Promise<number> {
  if (args.length > 2) throw wrongArguments()
  const { folder, world: members } = await openMembers(world)
  const { stored } = openGitWorld()
  const changes = await diffPolicies({ folder, ...versionsOf(args[1] ?? 'HEAD') }, { ...members, stored })
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
  const who = name ?? (keys[0] === undefined ? '' : shortened(keys[0]))
  return `${WORDS[change]}${printable(who)}  ${printablePath(file)}  (${printable(why)})\n`
}

async function rollback(call: Call): Promise<number> {
  const [, revision] = call.args
  if (revision === undefined || call.args.length > 2) throw wrongArguments()
  const { folder, world } = await openMembers(call.world)
  const { stored } = openGitWorld()
  const outcome = await rollBackPolicy({ ...changeOf(call), folder, revision }, { ...world, stored })
  for (const note of outcome.notes) call.world.teller.warn(note)
  call.world.terminal.print(outcome.access.map(printChange).join(''))
  sayFiles(outcome, call)
  if (outcome.toDos.length > 0) sayToDos(outcome.toDos, call)
  return 0
}

function wrongArguments(): SealwardError {
  return new SealwardError('usage', 'policy takes show, test PATH..., diff [REV|A..B] or rollback REV')
}
