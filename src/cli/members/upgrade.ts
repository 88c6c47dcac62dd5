import { SealwardError } from '../../core/errors.ts'
import { amount } from '../../core/report/amount.ts'
import { printable } from '../../core/report/printable.ts'
import { printablePath } from '../../core/report/text.ts'
import { type UpgradeOutcome, upgradeMembers } from '../../tasks/members/members-upgrade.ts'
import { readRecipients } from '../../tasks/steps/envelope.ts'
import { type Call, type Command, IDENTITY } from '../command.ts'
import { CHANGING, changeOf, sayFiles } from './print.ts'
import { openMembers } from './world.ts'

/** `members upgrade --pq`. */
export const upgrade: Command = {
  name: 'members upgrade',
  synopsis: '--pq -r NAME=RECIPIENT ...',
  summary:
    'Puts post-quantum recipients in the place of classical ones, under new data keys, and says which secrets of history stay exposed.',
  details: `
Without -r, --dry-run says who still has to make a key (sealward keygen --pq). The
keys of -i, or those found elsewhere, have to open the files, before and after.`,
  flags: [
    { name: 'pq', help: 'to post-quantum recipients' },
    {
      name: 'recipient',
      short: 'r',
      value: 'NAME=RECIPIENT|FILE',
      repeat: true,
      help: 'the post-quantum recipient of a member',
    },
    { name: 'partial', help: 'go on where files stay open to classical recipients' },
    { name: 'rotate-all', help: 'list every secret of history that they open in .sealward/to-do' },
    ...CHANGING,
    IDENTITY,
  ],
  args: { min: 0, max: 0 },
  run: upgradeThem,
}

async function upgradeThem(call: Call): Promise<number> {
  const { has } = call
  if (!has('pq')) throw new SealwardError('usage', 'members upgrade takes --pq, and -r NAME=RECIPIENT')
  const upgrades = await readUpgrades(call)
  const { world, folder } = await openMembers(call.world)
  const how = { partial: has('partial'), rotateAll: has('rotate-all') }
  const outcome = await upgradeMembers({ ...changeOf(call), ...how, folder, upgrades }, world)
  for (const note of outcome.notes) call.world.teller.warn(note)
  sayFiles(outcome, call)
  sayWhoIsLeft(outcome, call)
  sayExposed(outcome, call)
  return 0
}

async function readUpgrades({ all, world }: Call): Promise<ReadonlyMap<string, readonly string[]>> {
  const upgrades = new Map<string, readonly string[]>()
  for (const given of all('recipient')) {
    const at = given.indexOf('=')
    if (at < 1)
      throw new SealwardError('usage', '-r takes NAME=RECIPIENT here: whose it is, and age1pq1... or a file of it')
    const name = given.slice(0, at)
    const keys = (await readRecipients([given.slice(at + 1)], world.files)).map(({ text }) => text)
    upgrades.set(name, [...(upgrades.get(name) ?? []), ...keys])
  }
  return upgrades
}

function sayWhoIsLeft({ classical, mixed }: UpgradeOutcome, { world: { terminal, teller } }: Call): void {
  const names = [...new Set(classical.map(({ name }) => name ?? 'a key without a name'))]
  for (const name of names) terminal.print(`${printable(name)} has no post-quantum recipient yet\n`)
  for (const path of mixed) terminal.print(`${printablePath(path)} stays open to classical recipients\n`)
  if (mixed.length > 0) teller.warn('a file with recipients of both kinds is only as strong as its classical ones')
}

/** A new key protects what is written from now on: what was recorded before is opened by the machine of a later day. */
function sayExposed({ exposed, lists }: UpgradeOutcome, { world: { terminal, teller }, has }: Call): void {
  for (const { file, name } of exposed)
    terminal.print(`exposed in history: ${printable(name)} in ${printablePath(file)}\n`)
  if (exposed.length === 0) return
  const count = amount(exposed.length, 'secret')
  teller.note(`${count} of history can be opened once classical keys are broken; only a new value helps: rotate them`)
  for (const { path } of lists)
    teller.note(
      has('dry-run')
        ? 'a list of them would be written'
        : `listed in ${path}; \`sealward check\` reports each until it is another`,
    )
}
