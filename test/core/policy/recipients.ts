import { randomInt } from 'node:crypto'
import { generateIdentity, recipientOf } from '../../../src/core/age/identity.ts'

const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** Text with the shape of an age recipient and, but for luck, a wrong checksum. */
export function madeUpRecipient(length = 58): string {
  return `age1${madeUpData(length)}`
}

/** Text with the shape of a private key. */
export function madeUpPrivateKey(): string {
  return `AGE-SECRET-KEY-1${madeUpData(58).toUpperCase()}`
}

/** A recipient that can be encrypted to. */
export async function realRecipient(): Promise<string> {
  return (await recipientOf(await generateIdentity('x25519'))).text
}

export function madeUpData(length: number): string {
  return Array.from({ length }, () => BECH32[randomInt(32)]).join('')
}
