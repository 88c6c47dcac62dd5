import { printablePath } from '../../../../core/report/text.ts'
import { type Command, DEFAULT_FILE, IDENTITY } from '../../../command.ts'
import { openRotation } from '../../../rotation/world.ts'
import { REASON, reasonOf } from './reason.ts'

export const rotateDataKey: Command = {
  name: 'rotate data-key',
  synopsis: '[FILE...]',
  summary: 'Gives each file a new data key, for the same recipients (without FILE: .env.encrypted).',
  details: `
All files change or none does. Every line changes: a data key that somebody kept
opens nothing that is written from now on. Needs a key that opens the files.`,
  flags: [REASON, IDENTITY],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run(call) {
    const { rotateDataKey: rotate } = await import('../../../../tasks/keys/rotate-data-key.ts')
    const files = call.args.length > 0 ? call.args : [DEFAULT_FILE]
    const done = await rotate({ files, ...reasonOf(call) }, await openRotation(call.world))
    for (const path of done) call.world.teller.note(`${printablePath(path)}: new data key`)
    return 0
  },
}
