import { cleanMessage, type MessageSettings } from '../../core/message/clean-up.ts'
import { COMMIT_MESSAGE } from '../../core/message/names.ts'
import type { HookVerdict } from '../../core/report/verdict.ts'
import { judgeBlob, onePerLine } from '../../core/scan/judge.ts'
import { subtractAllowed } from '../steps/guard/allow.ts'
import { openStagedPolicy } from '../steps/guard/staged-policy.ts'
import type { CommitMessage, Staged } from '../world/git/repository.ts'

export interface GuardMessageRequest {
  /** The file that git gives to the hook. */
  readonly file: string
  readonly now: Date
}

/**
 * Judges a commit's message, as far as git will commit it. Git is asked how it cleans up when somebody had the file in an editor, or
 * when there is something in it: a message that was given on the command line is committed nearly as it is.
 *
 * @throws SealwardError not-found, io, git, or policy-invalid
 */
export async function guardMessage(
  { file, now }: GuardMessageRequest,
  { staged, message }: { readonly staged: Staged; readonly message: CommitMessage },
): Promise<HookVerdict> {
  const policy = await openStagedPolicy(staged)
  const rules = await policy.rules()
  const judge = (bytes: Uint8Array) => judgeBlob({ path: COMMIT_MESSAGE, bytes }, rules)
  const { bytes: whole, size } = await message.read(file)
  const suspicious = message.edited || (await judge(whole)).length > 0
  const bytes = suspicious ? clean(whole, { edited: message.edited, ...(await message.settings()) }) : whole
  const hits = suspicious ? await judge(bytes) : []
  const suspects = hits.length === 0 ? [] : [{ path: COMMIT_MESSAGE, hits, news: onePerLine(hits) }]
  const verdict = await subtractAllowed(suspects, once({ bytes }), { policy, staged, now })
  const cut = whole.length < size ? [{ path: COMMIT_MESSAGE, size }] : []
  return { looked: isBlank(bytes) ? 0 : 1, cut, ...verdict }
}

function clean(bytes: Uint8Array, settings: MessageSettings): Uint8Array {
  return Buffer.from(cleanMessage(Buffer.from(bytes).toString('latin1'), settings), 'latin1')
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte <= 0x20)
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}
