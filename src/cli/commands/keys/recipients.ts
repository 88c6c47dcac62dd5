import { syncRecipients } from '../../../tasks/members/recipients-sync.ts'
import { type Command, type Group, IDENTITY } from '../../command.ts'
import { CHANGING, changeOf, sayFiles, sayToDos } from '../../members/print.ts'
import { openMembers } from '../../members/world.ts'

const sync: Command = {
  name: 'recipients sync',
  synopsis: '',
  summary: 'Encrypts every file to those whom sealward.yml names for it.',
  details: `
After a change of sealward.yml by hand. Whoever is added gets the data key of a
file; where somebody goes, the file gets a new one, and what they could read is
listed in .sealward/to-do, as by members remove. All files change or none does.`,
  flags: [...CHANGING, IDENTITY],
  args: { min: 0, max: 0 },
  async run(call) {
    const { world, folder } = await openMembers(call.world)
    const outcome = await syncRecipients({ ...changeOf(call), folder }, world)
    for (const note of outcome.notes) call.world.teller.warn(note)
    sayFiles(outcome, call)
    if (outcome.toDos.length > 0) sayToDos(outcome.toDos, call)
    return 0
  },
}

export const recipients: Group = {
  name: 'recipients',
  summary: 'Brings files in step with the people of sealward.yml.',
  verbs: [sync],
}
