import type { Change, Login } from '../../../core/credential/change.ts'
import type { Account } from '../../../core/credential/statements/mysql-text.ts'
import type { Statement } from '../../../core/credential/statements/statement.ts'
import type { MysqlSession } from './session.ts'

/** What a server tells of an account, and no hash. */
export interface FoundAccount extends Account {
  /** Ways of logging in; empty where nobody may know. */
  readonly plugins: readonly string[]
  readonly isLocked: boolean
  readonly isExpired: boolean
  /** Whether it has two passwords, or nobody may know. */
  readonly hasSecond: boolean
  /** Whether it may not go back to a password that it had. */
  readonly remembers: boolean
}

/** Where MySQL and MariaDB differ. */
export interface Dialect {
  readonly name: 'MySQL' | 'MariaDB'
  /** Gives `host`, `plugins` in a JSON list, `locked`, `expired`, `second` and `remembers` for the accounts of one user. */
  readonly accounts: string
  /** The ways of logging in whose passwords can be changed here. */
  readonly plugins: readonly string[]
  /** Whether passwords themselves are sent, and by that an account has two of them at most. */
  readonly sendsPasswords: boolean
  statements(change: Change, account: FoundAccount, admin: Login): readonly Statement[]
  /** What stands against the change and is this server's own. */
  objections(session: MysqlSession, change: Change, account: FoundAccount): Promise<readonly string[]>
}
