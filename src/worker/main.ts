import { type ErrorDetail, SealwardError } from '../core/errors.ts'
import { rulesFor } from '../core/scan/custom/rules-for.ts'
import { rulesOfOwn } from '../core/scan/own/rules-of-own.ts'
import { lookAt } from '../tasks/steps/scan/look.ts'
import type { Look } from '../tasks/world/scan/look.ts'
import { openWorld } from './world.ts'

/** A thread of the scanner: it is given places, and answers with what it saw there. It speaks to nobody else. */
const { reader, own, secrets, onPlaces } = openWorld()
const ready = Promise.all([rulesFor(own), rulesOfOwn(secrets)]).then((rules) => rules.flat())
ready.catch(() => {}) // said as the answer to the first places

onPlaces(async (places) => {
  const looks: Look[] = []
  try {
    const rules = await ready
    for await (const look of lookAt(places, { reader, rules })) looks.push(look)
    return looks
  } catch (error) {
    if (error instanceof SealwardError) return { code: error.code, message: error.message, detail: detailOf(error) }
    throw error
  }
})

/** What an error says beside its message, as plain data: messages between threads keep no classes. */
function detailOf({ hint, file, line }: SealwardError): ErrorDetail {
  return {
    ...(hint === undefined ? {} : { hint }),
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
  }
}
