import { SealwardError } from '../../core/errors.ts'
import { syncRecipients } from '../../tasks/recipients-sync.ts'
import { type Command, IDENTITY } from '../command.ts'
import { CHANGING, changeOf, sayFiles } from '../members/print.ts'
import { openMembers } from '../members/world.ts'

export const recipients: Command = {
  name: 'recipients',
  synopsis: 'sync',
  summary: 'Encrypts every file to those whom sealward.yml names for it.',
  details: `
After a change of sealward.yml by hand. Whoever is added gets the data key of a
file; where somebody goes, the file gets a new one. All files change or none does.`,
  flags: [...CHANGING, IDENTITY],
  args: { min: 1, max: 1 },
  async run(call) {
    if (call.args[0] !== 'sync') throw new SealwardError('usage', 'recipients takes sync')
    const { world, folder } = await openMembers(call.world)
    const outcome = await syncRecipients({ ...changeOf(call), folder }, world)
    sayFiles(outcome, call)
    if (outcome.files.some(({ removed }) => removed.length > 0))
      call.world.teller.warn('whoever was taken off could read the values, and can in git history: rotate them')
    return 0
  },
}
