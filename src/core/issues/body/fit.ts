/** A part of a body: lines below a head. */
export interface Block {
  readonly head: string
  readonly lines: readonly string[]
}

/** How much of a block there is room for. */
export interface Fitted {
  readonly text: string
  readonly left: number
}

/** GitHub's limit of a body, in characters. */
export const MOST_CHARACTERS = 65_536

/** @returns as many of the lines as there is room for, from the first, with how many were left out; nothing for no lines */
export function fitBlock({ head, lines }: Block, room: number): Fitted {
  let free = room - head.length - 1
  const end = lines.findIndex((line) => {
    free -= line.length + 1
    return free < 0
  })
  const shown = end === -1 ? lines : lines.slice(0, end)
  const text = shown.length === 0 ? '' : `${head}${shown.join('\n')}\n\n`
  return { text, left: lines.length - shown.length }
}
