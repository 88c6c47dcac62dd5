import { SealwardError } from '../../core/errors.ts'
import { scan } from '../../tasks/scan.ts'
import { fail } from '../fail.ts'
import type { Runner } from '../world.ts'
import { chooseSources } from './choose.ts'
import { readScanInputs, type ScanInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { readSettings } from './settings.ts'
import { type ActionScanWorld, openScanWorld } from './world.ts'

/**
 * The mode `scan`, a program of its own beside the one that decrypts, which loads it. Never throws: an error of this program is of a class
 * that the other does not know.
 */
export async function run(runner: Runner): Promise<void> {
  try {
    const inputs = readScanInputs(process.env)
    const world = await openScanWorld(inputs, runner)
    try {
      process.exitCode = (await scanFor(inputs, world, runner)) ? 1 : 0
    } finally {
      world.close()
    }
  } catch (error) {
    fail(error, runner)
  }
}

/** @returns whether there are findings that fail */
async function scanFor(inputs: ScanInputs, world: ActionScanWorld, runner: Runner): Promise<boolean> {
  for (const text of inputs.useless) runner.annotate('warning', text)
  const chosen = await chooseSources(inputs.where, world)
  if (chosen === null) return sayRemoval(runner)
  const { isChange, warnings, ...where } = chosen
  const { own, secrets, failOn, files, ...settings } = await readSettings(inputs, world)
  const outcome = await scan(
    { ...where, settings: settings.scan, update: null },
    { ...world, files, lookers: world.lookersFor(settings.scan.rules, own, secrets) },
  )
  if (!isChange && outcome.looked.count === 0)
    throw new SealwardError('not-found', `there are no ${outcome.looked.what} to look at`, {
      hint: 'actions/checkout goes before; working-directory names the folder of another checkout',
    })
  const told = { outcome, inputs, failOn, isChange, warnings: [...warnings, ...settings.warnings] }
  return publish(told, world, runner)
}

function sayRemoval(runner: Runner): boolean {
  runner.set({
    outputs: [
      ['findings', '0'],
      ['report-path', ''],
      ['sarif-path', ''],
    ],
    environment: [],
  })
  runner.say('sealward: a branch or tag was deleted, which brings nothing to look at')
  return false
}
