import type {
  PlaceReader,
  ScanItem,
  ScanPlace,
  ScanSource,
  ScanStep,
  Unread,
} from '../../src/tasks/world/scan/source.ts'

export async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const one of source) all.push(one)
  return all
}

export async function placesOf(source: ScanSource): Promise<ScanPlace[]> {
  return (await collect<ScanStep>(source.steps())).filter((step) => step.kind === 'place')
}

export async function unreadOf(source: ScanSource): Promise<Unread[]> {
  return (await collect<ScanStep>(source.steps())).filter((step) => step.kind === 'unread')
}

/** What a reader says of places; the bytes as text, and copied, because the next answer uses their memory. */
export async function readAll(
  reader: PlaceReader,
  places: readonly ScanPlace[],
): Promise<{ readonly path: string; readonly text?: string; readonly size?: number; readonly why?: string }[]> {
  const answers: { path: string; text?: string; size?: number; why?: string }[] = []
  for await (const answer of reader.read(places)) answers.push(describeAnswer(answer))
  reader.close()
  return answers
}

function describeAnswer(answer: ScanItem | Unread) {
  if (answer.kind === 'unread') return { path: answer.path, why: answer.why }
  return { path: answer.place.path, text: Buffer.from(answer.bytes).toString(), size: answer.size }
}
