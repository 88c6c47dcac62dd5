import type { StartTls } from '../../../core/policy/sections/endpoints.ts'
import type { SilentAnswer } from '../../../tasks/world/endpoint.ts'
import type { Conversation } from '../conversation.ts'
import { askFtp } from './ftp.ts'
import { askImap } from './imap.ts'
import { askLdap } from './ldap.ts'
import { askMysql } from './mysql.ts'
import { askPop3 } from './pop3.ts'
import { askPostgres } from './postgres.ts'
import { askSmtp } from './smtp.ts'
import { askXmpp } from './xmpp.ts'

/** Where a dialog has led: `ready` when the server now waits for TLS. */
export type Outcome = 'ready' | Extract<SilentAnswer['kind'], 'no-tls' | 'not-understood' | 'refused'>

/** Says in one protocol that TLS is wanted, and reads the answer to its end and no further. */
export type Dialog = (talk: Conversation, servername: string) => Promise<Outcome>

export const DIALOGS: Readonly<Record<StartTls, Dialog>> = {
  postgres: askPostgres,
  mysql: askMysql,
  smtp: askSmtp,
  imap: askImap,
  pop3: askPop3,
  ftp: askFtp,
  ldap: askLdap,
  xmpp: askXmpp,
}
