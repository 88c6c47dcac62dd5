import type { SealwardError } from '../../../src/core/errors.ts'
import type { Outcome, Task } from './child.ts'
import { provoke } from './faults.ts'

/** The program of `runInChild`: makes one call of the adapter and prints how it went. */
const task = JSON.parse(process.argv[2]!) as Task
if (task.fault !== undefined) await provoke(task.fault)
const { openFiles } = await import('../../../src/adapters/files/files.ts')
if (task.umask !== undefined) process.umask(task.umask)
if (task.ordinaryUser === true && process.getuid?.() === 0) process.seteuid!(65_534)
while (Date.now() < (task.startAt ?? 0));
process.stdout.write(JSON.stringify(await perform()))

async function perform(): Promise<Outcome['error']> {
  const { path, content = '', how = {} } = task
  try {
    if (task.call === 'read') await openFiles().read(path, 1000)
    else await openFiles().write(path, Buffer.from(content), how)
    return null
  } catch (error) {
    const { code, message } = error as SealwardError
    return { code, message }
  }
}
