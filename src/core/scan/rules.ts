import type { ScanRule } from './rule.ts'
import { encryptedFile } from './rules/encrypted-file.ts'
import { plaintextDotenv } from './rules/plaintext-dotenv.ts'
import { privateKey } from './rules/private-key.ts'
import { secret } from './rules/secret.ts'

/** Every rule the hooks judge by. */
export const RULES: readonly ScanRule[] = [plaintextDotenv, encryptedFile, privateKey, secret]
