import { generateKeyPairSync, randomBytes } from 'node:crypto'

/** Private keys of every form, made anew in each run: nothing that looks like a key stands in the repository. */
export function pemKeys(): Readonly<Record<string, string>> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const ed25519 = generateKeyPairSync('ed25519').privateKey
  const locked = { cipher: 'aes-256-cbc', passphrase: 'x' } as const
  return {
    'PKCS #8': rsa.export({ type: 'pkcs8', format: 'pem' }),
    'PKCS #8 of Ed25519, the shortest': ed25519.export({ type: 'pkcs8', format: 'pem' }),
    RSA: rsa.export({ type: 'pkcs1', format: 'pem' }),
    EC: ec.export({ type: 'sec1', format: 'pem' }),
    'PKCS #8 under a passphrase': ec.export({ type: 'pkcs8', format: 'pem', ...locked }),
    'RSA under a passphrase': rsa.export({ type: 'pkcs1', format: 'pem', ...locked }),
  } as Record<string, string>
}

/** The outer form of a key: what is inside does not matter to who looks for it. */
export function armored(begin: string, end: string, headers = ''): string {
  return `${begin}\n${headers}${wrapped(randomBytes(400).toString('base64'))}\n${end}\n`
}

/** PROTOCOL.key of OpenSSH: the magic, then the cipher's name. */
export function openSshKey(cipher: 'none' | 'aes256-ctr'): string {
  const name = Buffer.from(cipher)
  const body = Buffer.concat([
    Buffer.from('openssh-key-v1\0\0\0\0'),
    Buffer.from([name.length]),
    name,
    randomBytes(250),
  ])
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${wrapped(body.toString('base64'), 70)}\n-----END OPENSSH PRIVATE KEY-----\n`
}

export function puttyKey(encryption: 'none' | 'aes256-cbc'): string {
  const part = () => wrapped(randomBytes(96).toString('base64'))
  return `PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: ${encryption}\nComment: a\nPublic-Lines: 2\n${part()}\nPrivate-Lines: 2\n${part()}\nPrivate-MAC: ${randomBytes(32).toString('hex')}\n`
}

function wrapped(text: string, width = 64): string {
  return text.replace(new RegExp(`.{${width}}(?!$)`, 'g'), '$&\n')
}
