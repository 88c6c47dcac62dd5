import { printRecord } from '../../../../core/report/rotation/credentials.ts'
import { printRotationStatus } from '../../../../core/report/rotation/rotation.ts'
import { listRecords } from '../../../../tasks/credentials/rotation-records.ts'
import { rotationStatus } from '../../../../tasks/keys/rotate-status.ts'
import type { Call, Command } from '../../../command.ts'
import { openRotation } from '../../../rotation/world.ts'

export const rotateStatus: Command = {
  name: 'rotate status',
  synopsis: '',
  summary: 'Says what the last rotation of a key has come to, and those of credentials. Needs no key.',
  flags: [{ name: 'json', help: 'as JSON' }],
  args: { min: 0, max: 0 },
  run: say,
}

async function say({ world, has }: Call): Promise<number> {
  const opened = await openRotation(world)
  const [key, credentials] = [await rotationStatus(opened), await listRecords(opened)]
  if (has('json')) world.terminal.print(`${JSON.stringify({ version: 1, key, credentials }, null, 2)}\n`)
  else if (key === null && credentials.length === 0)
    world.teller.note(
      'this working tree knows of no rotation; one that is under way may be at the remote: git fetch, git pull',
    )
  else {
    const parts = [...(key === null ? [] : [printRotationStatus(key)]), ...credentials.map(printRecord)]
    world.terminal.print(parts.join('\n'))
  }
  return 0
}
