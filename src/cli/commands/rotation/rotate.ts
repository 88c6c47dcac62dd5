import type { Group } from '../../command.ts'
import { rotateDataKey } from './rotate/data-key.ts'
import { rotateKey } from './rotate/key.ts'
import { rotateSecret } from './rotate/secret.ts'
import { rotateStatus } from './rotate/status.ts'

export const rotate: Group = {
  name: 'rotate',
  summary:
    'Gives encrypted files new keys, all or none, and databases new passwords that are committed before they count.',
  verbs: [rotateDataKey, rotateKey, rotateSecret, rotateStatus],
}
