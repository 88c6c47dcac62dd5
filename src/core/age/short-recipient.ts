const SHOWN = 16

/** How a recipient begins, where a line has no room for 62 characters, or for the 1,959 of a post-quantum one. */
export function shortRecipient(recipient: string): string {
  return recipient.length <= SHOWN ? recipient : `${recipient.slice(0, SHOWN)}...`
}
