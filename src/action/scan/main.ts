import { SealwardError } from '../../core/errors.ts'
import { joinOutcomes } from '../../core/scan/join-outcomes.ts'
import type { ScanOutcome } from '../../core/scan/outcome.ts'
import { scan } from '../../tasks/scan/scan.ts'
import { fail } from '../fail.ts'
import type { Runner } from '../world.ts'
import { type Chosen, chooseSources } from './choose.ts'
import { readScanInputs, type ScanInputs } from './inputs.ts'
import { publish } from './outputs.ts'
import { lookAtRun, tellRun } from './run/look.ts'
import { type ActionSettings, readSettings } from './settings.ts'
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
  const chosen = inputs.targets.includes('code') ? await chooseSources(inputs.where, world) : null
  if (chosen === null && inputs.targets.length === 1 && inputs.targets[0] === 'code') return sayRemoval(runner)
  const settings = await readSettings(inputs, world)
  const code = chosen === null ? null : await scanCode(chosen, settings, world)
  const run = await lookAtRun(inputs, settings, world)
  const outcomes = [code, run?.outcome].filter((outcome) => outcome != null)
  const told = {
    outcome: outcomes.reduce(joinOutcomes),
    code,
    inputs,
    failOn: settings.failOn,
    isChange: chosen?.isChange === true,
    warnings: [...(chosen?.warnings ?? []), ...settings.warnings, ...(run?.warnings ?? [])],
  }
  const failing = await publish(told, world, runner)
  if (run !== null) await tellRun(run, { inputs, failOn: settings.failOn, isPrivate: world.isPrivate }, runner)
  if (run?.failures[0] !== undefined) throw run.failures[0]
  return failing
}

async function scanCode(
  { isChange, warnings, ...where }: Chosen,
  { scan: settings, own, secrets, files }: ActionSettings,
  world: ActionScanWorld,
): Promise<ScanOutcome> {
  const outcome = await scan(
    { ...where, settings, update: null },
    { ...world, files, lookers: world.lookersFor(settings.rules, own, secrets) },
  )
  if (!isChange && outcome.looked.count === 0)
    throw new SealwardError('not-found', `there are no ${outcome.looked.what} to look at`, {
      hint: 'actions/checkout goes before; working-directory names the folder of another checkout',
    })
  return outcome
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
