/** What a Base64 text of `user:password` says, or `null` when it is not one. */
export function passwordOf(encoded: string): { readonly user: string; readonly password: string } | null {
  if (!/^[A-Za-z0-9+/_-]{6,1024}={0,2}$/.test(encoded) || encoded.replace(/=+$/, '').length % 4 === 1) return null
  const plain = Buffer.from(encoded, 'base64').toString('latin1')
  const parts = /^([\x21-\x39\x3b-\x7e]{0,200}):([\x20-\x7e]{3,400})$/.exec(plain)
  if (
    parts === null ||
    Buffer.from(plain, 'latin1').toString('base64').replace(/=+$/, '') !==
      encoded.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')
  )
    return null
  return { user: parts[1]!, password: parts[2]! }
}
