import { join } from 'node:path'
import { isId } from '../objects/stored-object.ts'
import { attempt, type Budget } from './bounds.ts'
import type { GitFolders } from './folders.ts'
import { readText } from './plain-file.ts'

/** A branch with a name in ASCII. `.`, `..` and `.git` cannot be a part of it: none begins with a dot. */
const BRANCH_LINE = /^ref: (refs\/heads\/(?:[\w+@#=,-][\w.+@#=,-]*\/)*[\w+@#=,-][\w.+@#=,-]*)\n$/
/** Names that git does not allow, and takes for none. */
const NO_NAME = /\.\.|\.(?:lock)?(?:\/|$)/

/**
 * The commit that is checked out: https://git-scm.com/docs/gitrepository-layout.
 *
 * @returns its id, which nobody has held to anything yet; null when there is none, or HEAD is not as git writes it. Never throws
 */
export function readHead({ own, common }: GitFolders, budget: Budget): string | null {
  return attempt(() => {
    const text = readText(join(own, 'HEAD'), budget) ?? ''
    const [, branch] = BRANCH_LINE.exec(text) ?? []
    if (branch === undefined) return idIn(text)
    if (NO_NAME.test(branch)) return null
    const loose = readText(join(common, branch), budget)
    return loose === null ? findPacked(readText(join(common, 'packed-refs'), budget), branch) : idIn(loose)
  })
}

/** Git searches the lines as sorted ones; a name that is there twice is found by chance. */
function findPacked(text: string | null, branch: string): string | null {
  const lines = (text ?? '').split('\n').filter((line) => line.endsWith(` ${branch}`))
  return lines.length === 1 ? idIn(`${lines[0]!.slice(0, -branch.length - 1)}\n`) : null
}

function idIn(text: string): string | null {
  const id = text.slice(0, -1)
  return text.endsWith('\n') && isId(id) ? id : null
}
