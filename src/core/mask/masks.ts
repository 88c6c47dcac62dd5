/**
 * The literal strings to hide so that none of these secrets shows in a log: each secret whole, and each line of one that has several,
 * because a log is searched line by line. Longest first, so that a budget cuts the least likely.
 */
export function masksFor(secrets: Iterable<string>): string[] {
  const masks = new Set<string>()
  for (const secret of secrets)
    for (const form of [secret, ...secret.split(/\r\n|\r|\n/).map((line) => line.trim())])
      if (form.trim() !== '') masks.add(form)
  return [...masks].sort((one, other) => other.length - one.length)
}
