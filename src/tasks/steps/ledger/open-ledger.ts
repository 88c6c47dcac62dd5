import { SealwardError } from '../../../core/errors.ts'
import { type FileMark, type LedgerEvent, READ_KINDS } from '../../../core/ledger/event.ts'
import { LEDGER_BYTES, LEDGER_FILE } from '../../../core/ledger/ledger-file.ts'
import { markOfName } from '../../../core/ledger/marks.ts'
import type { LedgerPolicy } from '../../../core/policy/sections/ledger.ts'
import type { Ledger } from '../../world/ledger.ts'
import type { SignedNames } from '../../world/ssh.ts'
import type { Configs } from '../../world.ts'
import { policyMentioning } from '../policy-for.ts'
import type { AppendWorld } from './append.ts'

export interface LedgerWorld extends AppendWorld {
  readonly configs: Configs
  readonly names: SignedNames
}

/** An entry has to fit in a line: more files become several entries, and of more names only their number is kept. */
const FILES_PER_ENTRY = 150
const NAMES_PER_ENTRY = 400

/** The ledger of a repository, where it keeps one: sealward.yml says so, or the file is there and sealward.yml does not say no. */
export function openLedger(world: LedgerWorld): Ledger {
  return {
    async append(event) {
      const settings = await settingsOf(event, world)
      if (settings === null) return []
      const named = await nameFiles(event, world.names)
      if (named === null) return []
      const { appendEntries, ATTRIBUTES_FILE } = await import('./append.ts')
      await appendEntries(splitUp(showNames(named, settings.names)), world)
      return [LEDGER_FILE, ATTRIBUTES_FILE]
    },
  }
}

/** @returns null where the repository keeps no ledger, or none of this. For a read that nobody asked to have, nothing is parsed. */
async function settingsOf({ kind }: LedgerEvent, { configs, files, top }: LedgerWorld): Promise<LedgerPolicy | null> {
  const isRead = READ_KINDS.includes(kind)
  const found = await policyMentioning(isRead ? 'reads' : 'ledger', `${top}/${LEDGER_FILE}`, configs)
  const policy = found?.policy.ledger
  if (isRead) return policy?.reads === true ? policy : null
  const on = policy?.on ?? (await files.read(`${top}/${LEDGER_FILE}`, LEDGER_BYTES)) !== null
  return on ? (policy ?? { on, names: 'full', reads: false, webhook: null }) : null
}

/** Paths from the top. A file that is elsewhere is not this ledger's: null for an event about no other. */
async function nameFiles(event: LedgerEvent, names: SignedNames): Promise<LedgerEvent | null> {
  if (!('files' in event) || event.files === undefined) return event
  const files: FileMark[] = []
  for (const mark of event.files) {
    const path = await names.nameOf(mark.path).catch((error: unknown) => {
      if (error instanceof SealwardError && error.code === 'usage') return null
      throw error
    })
    if (path !== null) files.push({ ...mark, path })
  }
  return files.length === 0 ? null : { ...event, files }
}

function showNames(event: LedgerEvent, style: LedgerPolicy['names']): LedgerEvent {
  if (!('names' in event) || event.names === undefined) return event
  const { names, ...rest } = event
  if (style === 'none' || names.length > NAMES_PER_ENTRY) return { ...rest, count: names.length } as LedgerEvent
  return style === 'full' ? event : { ...event, names: names.map(markOfName) }
}

function splitUp(event: LedgerEvent): LedgerEvent[] {
  if (!('files' in event) || event.files === undefined || event.files.length <= FILES_PER_ENTRY) return [event]
  const parts: LedgerEvent[] = []
  for (let from = 0; from < event.files.length; from += FILES_PER_ENTRY)
    parts.push({ ...event, files: event.files.slice(from, from + FILES_PER_ENTRY) })
  return parts
}
