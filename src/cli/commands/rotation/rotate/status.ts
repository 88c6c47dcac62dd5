import { printRecord } from '../../../../core/report/rotation/credentials.ts'
import { printRotationStatus } from '../../../../core/report/rotation/rotation.ts'
import { inertJson } from '../../../../core/report/scan/json/inert-json.ts'
import { listRecords } from '../../../../tasks/credentials/rotation-records.ts'
import { rotationStatus } from '../../../../tasks/keys/rotate-status.ts'
import type { Call, Command } from '../../../command.ts'
import { openRotations } from '../../../rotation/world.ts'

export const rotateStatus: Command = {
  name: 'rotate status',
  synopsis: '',
  summary: 'Says what the last rotation of a key has come to, and those of credentials. Needs no key.',
  flags: [{ name: 'json', help: 'as JSON' }],
  args: { min: 0, max: 0 },
  run: say,
}

async function say({ world, has }: Call): Promise<number> {
  const opened = await openRotations(world)
  const [key, credentials] = [await rotationStatus(opened), await listRecords(opened)]
  if (has('json')) {
    const plain = credentials.map(({ record, branch }) => ({ ...record, branch }))
    world.terminal.print(`${inertJson({ version: 1, key, credentials: plain }, 2)}\n`)
  } else if (key === null && credentials.length === 0)
    world.teller.note('this clone knows of no rotation; one that is under way may be at the remote: git fetch')
  else {
    const parts = [
      ...(key === null ? [] : [printRotationStatus(key)]),
      ...credentials.map(({ record, branch }) => printRecord(record, branch)),
    ]
    world.terminal.print(parts.join('\n'))
  }
  return 0
}
