import { amount } from '../../../core/report/amount.ts'
import { printFindings } from '../../../core/report/text.ts'
import { verify as verifyTask } from '../../../tasks/files/verify.ts'
import type { Command } from '../../command.ts'

export const verify: Command = {
  name: 'verify',
  synopsis: '[FILE...]',
  summary: 'Checks encrypted files without a key.',
  details: `
Every value that should be ciphertext is, the rule is sane, the metadata is whole,
no name can take over a process, and who can open a file is who may by sealward.yml.
Without FILE: every .env*.encrypted and *.env.encrypted below this folder. It cannot
prove that a ciphertext is authentic: decrypting does.

exit status: 0 in order, 1 findings, 2 could not look`,
  flags: [
    { name: 'signatures', help: 'ask for a good signature, by a signer of sealward.yml, beside each file' },
    { name: 'allow-name', value: 'NAME', repeat: true, help: 'accept a name that can take over a process' },
  ],
  args: { min: 0, max: Number.POSITIVE_INFINITY },
  async run({ args, all, has, world }) {
    const { files, findings } = await verifyTask(
      { files: args, allowNames: all('allow-name'), signatures: has('signatures') },
      { ...world, names: await world.signedNames() },
    )
    world.terminal.print(printFindings(findings))
    const looked = amount(files.length, 'file')
    world.teller.note(
      findings.length === 0 ? `${looked} in order` : `${amount(findings.length, 'finding')} in ${looked}`,
    )
    return findings.length === 0 ? 0 : 1
  },
}
