import * as v from 'valibot'
import type { OpenedFile } from '../../envelope/decrypt.ts'
import { parseEncryptedFile } from '../../envelope/file.ts'
import { unescapeLine } from '../../envelope/text/lines.ts'
import { SealwardError } from '../../errors.ts'
import { Secret } from '../../secret.ts'
import { PHASES, type Phase, stageOf } from '../machine/phase.ts'
import { DRIVERS, STRATEGIES } from '../target.ts'
import { PLAIN_FIELDS, RECORD_RULE, RECORD_VERSION, SEALED_FIELDS, type SealedField } from './fields.ts'
import { credentialAt } from './place.ts'
import type { PlainRecord, RotationRecord } from './record.ts'

const WRITTEN = PHASES.filter((phase): phase is Exclude<Phase, 'planned'> => phase !== 'planned')
const time = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  v.transform((text) => new Date(text)),
  v.check((date) => !Number.isNaN(date.getTime())),
)
const none = v.pipe(
  v.literal(''),
  v.transform(() => null),
)

const PlainSchema = v.pipe(
  v.strictObject({
    VERSION: v.literal(RECORD_VERSION),
    ID: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
    NAME: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/)),
    FILE: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
    DRIVER: v.picklist(DRIVERS),
    STRATEGY: v.picklist(STRATEGIES),
    PHASE: v.picklist(WRITTEN),
    STARTED: time,
    UPDATED: time,
    GRACE_UNTIL: v.union([none, time]),
    EMERGENCY: v.pipe(
      v.picklist(['true', 'false']),
      v.transform((text) => text === 'true'),
    ),
    FAILURES: v.pipe(v.string(), v.regex(/^(?:0|[1-9][0-9]{0,5})$/), v.transform(Number)),
    LAST_FAILURE: v.union([none, v.pipe(v.string(), v.regex(/^[a-z][a-z-]{0,39}$/))]),
  }),
  v.transform(
    (text): PlainRecord => ({
      id: text.ID,
      name: text.NAME,
      file: text.FILE,
      driver: text.DRIVER,
      strategy: text.STRATEGY,
      phase: text.PHASE,
      started: text.STARTED,
      updated: text.UPDATED,
      graceUntil: text.GRACE_UNTIL,
      emergency: text.EMERGENCY,
      failures: text.FAILURES,
      lastFailure: text.LAST_FAILURE,
    }),
  ),
)

/**
 * Reads what anybody can read of a record. Nothing proves it without a key: it is fit to be shown, and nothing is done by it.
 *
 * @param path from the top of the repository, which has to fit the name inside
 * @throws SealwardError malformed, unsupported for a later version
 */
export function readPlainRecord(bytes: Uint8Array, path: string): PlainRecord {
  try {
    const { lines } = parseEncryptedFile(bytes)
    const body = lines.body.flatMap((line) => (line.kind === 'variable' ? [line] : []))
    return readFields(new Map(body.map(({ name, stored }) => [name, unescapeLine(stored)])), path)
  } catch (error) {
    throw error instanceof SealwardError ? error.in(path) : error
  }
}

/**
 * Reads a record out of a file whose MAC agreed.
 *
 * @throws SealwardError malformed, unsupported for a later version
 */
export function readRecord({ file, variables }: OpenedFile, path: string): RotationRecord {
  const { kind, pattern } = file.metadata.rule
  if (kind !== RECORD_RULE.kind || pattern !== RECORD_RULE.pattern) throw malformed(path)
  const plain = readFields(new Map([...variables].map(([name, { value }]) => [name, value])), path)
  const of = (name: SealedField) => variables.get(name)?.value ?? null
  const [target, origin, user, next] = [of('TARGET'), of('ORIGIN'), of('PENDING_USER'), of('PENDING')]
  const [before, old] = [of('PREVIOUS_USER'), of('PREVIOUS')]
  if (target === null || (user === null && next !== null) || (before === null) !== (old === null)) throw malformed(path)
  if (isUnfinished(plain) && (origin === null || user === null)) throw malformed(path)
  return {
    ...plain,
    ...{ target, origin },
    pending: user === null ? null : { user, password: next === null ? null : new Secret(next) },
    previous: before === null || old === null ? null : { user: before, password: new Secret(old) },
  }
}

function isUnfinished({ phase }: PlainRecord): boolean {
  return stageOf(phase) !== 'idle'
}

function readFields(values: ReadonlyMap<string, string>, path: string): PlainRecord {
  const known: readonly string[] = [...PLAIN_FIELDS, ...SEALED_FIELDS]
  if ([...values.keys()].some((name) => !known.includes(name))) throw malformed(path)
  const version = values.get('VERSION')
  if (version !== undefined && /^[1-9][0-9]{0,5}$/.test(version) && version !== RECORD_VERSION)
    throw new SealwardError('unsupported', 'the record of a rotation is of a later version', {
      file: path,
      hint: 'a newer Sealward wrote it: use that one',
    })
  const fields = Object.fromEntries(PLAIN_FIELDS.map((name) => [name, values.get(name)]))
  const read = v.safeParse(PlainSchema, fields)
  if (!read.success || read.output.name !== credentialAt(path)) throw malformed(path)
  return read.output
}

function malformed(path: string): SealwardError {
  return new SealwardError('malformed', 'what was written down of a rotation cannot be read', {
    file: path,
    hint: 'git history has it as it was; a rotation that is under way goes on from there',
  })
}
