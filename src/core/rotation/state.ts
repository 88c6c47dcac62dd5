import * as v from 'valibot'
import { SealwardError } from '../errors.ts'
import { parseJson } from '../json.ts'

/**
 * What a rotation has come to. `failed` is one that said why it stopped, and nothing was replaced; the others before `completed` are what
 * a crash leaves behind.
 */
export type Phase = (typeof PHASES)[number]
const PHASES = ['initiated', 'in progress', 'verified', 'completed', 'failed', 'rolled back'] as const

/** A rotation of an age key, as this clone knows of it. It holds no key: only the name of the file where the new one is. */
export interface Rotation {
  /** Names its backup: digits of when it began. */
  readonly id: string
  readonly phase: Phase
  readonly started: string
  readonly updated: string
  readonly old: string
  /** The recipient in its place. */
  readonly fresh: string
  /** Absolute. */
  readonly keyFile: string
  readonly emergency: boolean
  readonly reason: string | null
  readonly environment: string | null
  /** How many encrypted files are part of it. */
  readonly files: number
  /** How long the old key opens the files too; null where it does not, or does not any more. */
  readonly graceUntil: string | null
  /** Whether the old recipient was taken away after a time with both. */
  readonly finished: boolean
  /** Why it failed: the message of the error, which holds no secret. */
  readonly failure: string | null
  /** Where the new key is to be put once the files have it. */
  readonly pushes: readonly Push[]
}

export interface Push {
  /** As `printTarget` writes it. */
  readonly target: string
  /** When it got there; null as long as that is outstanding. */
  readonly done: string | null
}

export const ROTATION_BYTES = 64 * 1024

const text = v.pipe(v.string(), v.maxLength(4096))
const instant = v.pipe(v.string(), v.isoTimestamp())
const RotationSchema = v.strictObject({
  v: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[0-9]{1,20}$/)),
  phase: v.picklist(PHASES),
  started: instant,
  updated: instant,
  ...{ old: text, fresh: text, keyFile: text },
  emergency: v.boolean(),
  reason: v.nullable(text),
  environment: v.nullable(text),
  files: v.pipe(v.number(), v.safeInteger()),
  graceUntil: v.nullable(instant),
  finished: v.boolean(),
  failure: v.nullable(text),
  // One that was begun before keys could be pushed has none.
  pushes: v.optional(v.array(v.strictObject({ target: text, done: v.nullable(instant) })), []),
})

export function printRotation(rotation: Rotation): Uint8Array {
  return Buffer.from(`${JSON.stringify({ v: 1, ...rotation }, null, 2)}\n`)
}

/**
 * @returns null where there was no rotation
 * @throws SealwardError malformed
 */
export function readRotation(bytes: Uint8Array | null): Rotation | null {
  if (bytes === null || bytes.length === 0) return null
  const read = v.safeParse(RotationSchema, parseJson(bytes))
  if (!read.success)
    throw new SealwardError('malformed', 'what was written down of a rotation cannot be read', {
      hint: 'no encrypted file depends on it: delete it, then rotate again',
    })
  const { v: _, ...rotation } = read.output
  return rotation
}

/** Whether `rotate key` has something to go on with. */
export function isOpen({ phase }: Rotation): boolean {
  return phase !== 'completed' && phase !== 'rolled back'
}

/** Whether the old key still opens files, and is to be taken away one day. */
export function isInGrace({ phase, graceUntil, finished }: Rotation): boolean {
  return phase === 'completed' && graceUntil !== null && !finished
}

/** Where the new key has to be put still. */
export function outstanding({ phase, pushes }: Rotation): readonly string[] {
  return phase === 'completed' ? pushes.flatMap(({ target, done }) => (done === null ? [target] : [])) : []
}

/** The same rotation, which is to push its key to these places too; again where it was there already. */
export function withPushes(rotation: Rotation, targets: readonly string[]): Rotation {
  const others = rotation.pushes.filter(({ target }) => !targets.includes(target))
  return { ...rotation, pushes: [...others, ...[...new Set(targets)].map((target) => ({ target, done: null }))] }
}
