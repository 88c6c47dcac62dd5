import { type Document, type DotenvEntry, entriesOf, VARIABLE_NAME } from '../dotenv/document.ts'
import { printableName } from '../dotenv/names.ts'
import { checkValueText } from '../dotenv/values.ts'
import { SealwardError } from '../errors.ts'

/** The entries of a document, when each of them can be an environment variable: its name is plain and its value is text. */
export function variablesOf(document: Document, format: string): readonly DotenvEntry[] {
  const entries = entriesOf(document)
  for (const entry of entries) {
    checkVariableName(entry.name, format)
    checkValueText(entry)
  }
  return entries
}

function checkVariableName(name: string, format: string): void {
  if (VARIABLE_NAME.test(name)) return
  throw new SealwardError('name-invalid', `${printableName(name)} is no variable name, so ${format} cannot hold it`, {
    hint: 'print the file as json, yaml or dotenv, or rename the variable',
  })
}
