import type { CheckNote } from '../../../core/check/judged.ts'
import { judgeToDo, type TodaysVariable } from '../../../core/check/repository/to-do.ts'
import { SealwardError } from '../../../core/errors.ts'
import { means } from '../../../core/glob/means.ts'
import { readToDo, TO_DO_BYTES, TO_DO_FILES, type ToDo } from '../../../core/members/to-do.ts'
import type { Files } from '../../world.ts'
import type { Found, Looked } from './looked.ts'
import { variablesOf } from './secrets.ts'

/**
 * Judges what is to be rotated because somebody left. Not where only some files are in question; of an environment, its files' secrets
 * alone.
 */
export async function judgeLeftBehind(
  looked: Looked,
  { files }: { readonly files: Pick<Files, 'read'> },
): Promise<Found> {
  const judged = []
  const notes: CheckNote[] = []
  const lists = looked.isPartial && looked.environment === null ? [] : looked.paths
  const today = variablesToday(looked)
  for (const file of lists.filter((path) => means(TO_DO_FILES, path))) {
    const toDo = await readOrSay(file, files, notes)
    if (toDo === null) continue
    const answers = judgeToDo({ file, toDo, today: (item) => today.get(`${item.file}\0${item.name}`) ?? null })
    judged.push(
      ...answers.filter(({ environment }) => looked.environment === null || environment === looked.environment),
    )
  }
  return { judged, notes }
}

function variablesToday(looked: Looked): ReadonlyMap<string, TodaysVariable> {
  return new Map(
    looked.files.flatMap((file) =>
      variablesOf(file).map(({ name, subject: { environment, owners } }) => {
        const age = looked.ages.files.get(file.path)?.values.get(name) ?? null
        return [`${file.path}\0${name}`, { environment, owners, age }] as const
      }),
    ),
  )
}

/** A list that cannot be read hides what is to be done: that is told, and everything else is judged. */
async function readOrSay(file: string, files: Pick<Files, 'read'>, notes: CheckNote[]): Promise<ToDo | null> {
  try {
    const bytes = await files.read(file, TO_DO_BYTES)
    return bytes === null ? null : readToDo(bytes, file)
  } catch (error) {
    if (!(error instanceof SealwardError)) throw error
    notes.push({ message: error.message, place: { file }, ...(error.hint !== undefined && { hint: error.hint }) })
    return null
  }
}
