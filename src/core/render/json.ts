import { type Document, entriesOf } from '../dotenv/document.ts'
import { checkValueText } from '../dotenv/values.ts'

/**
 * One JSON object, a name a line, in the order of the document. It is put together by hand: an object of JavaScript would
 * move names such as `1` to the front and lose `__proto__`.
 *
 * @throws SealwardError not-representable
 */
export function renderJson(document: Document): string {
  const members = entriesOf(document).map((entry) => {
    checkValueText(entry)
    return `  ${JSON.stringify(entry.name)}: ${JSON.stringify(entry.value)}`
  })
  return members.length === 0 ? '{}\n' : `{\n${members.join(',\n')}\n}\n`
}
