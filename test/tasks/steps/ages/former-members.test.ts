import { expect, it } from 'vitest'
import { openFileHistory } from '../../../../src/adapters/git/history/follow.ts'
import { findFormerMembers } from '../../../../src/tasks/steps/ages/former-members.ts'
import { madeUpRecipient } from '../../../core/policy/recipients.ts'
import { inFolder, makeRepository } from '../../../support/git-repository.ts'
import { importHistory } from '../../../support/imported-history.ts'

const [ada, greta, unknown] = [madeUpRecipient(), madeUpRecipient(), madeUpRecipient()]

it('people who left are found by their newest name, past versions that cannot be read', async () => {
  const repository = makeRepository()
  const policies = [`{greta-m: ${greta}}`, `{greta: ${greta}, ada: ${ada}}`, '][', `{ada: ${ada}}`]
  importHistory(
    repository,
    policies.map((text, day) => ({ day, files: { 'sealward.yml': `recipients: ${text}\n` } })),
  )
  const question = { file: 'sealward.yml', strangers: new Set([greta, unknown]) }
  const found = await inFolder(repository.path, () => findFormerMembers(question, openFileHistory()))
  expect([...found]).toEqual([[greta, 'greta']])
})
