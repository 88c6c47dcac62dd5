import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryFolder } from './git-repository.ts'
import { type Member, newMember, seal } from './sealing.ts'

/** A folder with one encrypted file in it, and who can open it. */
export interface SealedFolder {
  readonly path: string
  readonly member: Member
  /** What a command needs to open the file, and nothing else of the person who runs the tests. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Seals these variables into a file of the folder. */
  add(file: string, variables: Readonly<Record<string, string>>): Promise<void>
}

/** Makes a folder with `.env.encrypted`, which goes when the test ends. */
export async function sealedFolder(variables: Readonly<Record<string, string>>): Promise<SealedFolder> {
  const path = temporaryFolder()
  const member = await newMember()
  const folder: SealedFolder = {
    path,
    member,
    env: { PATH: process.env.PATH, HOME: path, SEALWARD_KEY: member.identity.secret.reveal() },
    async add(file, values) {
      const document = Object.entries(values).map(([name, value]) => ({ kind: 'entry', name, value }) as const)
      writeFileSync(join(path, file), await seal(document, [member]))
    },
  }
  await folder.add('.env.encrypted', variables)
  return folder
}
