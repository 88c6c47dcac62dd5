import type { Split } from '../case.ts'

/** Nouns people build passwords, hosts and file names from. */
export const NOUNS: Split = {
  open: words(`dragon sunshine falcon winter copper lantern thunder orchid meadow saturn velvet anchor biscuit canyon
    dolphin ember forest glacier harbor island jungle kettle lemon magnet nectar ocean pepper quartz raven shadow tiger umbrella
    violin walnut yellow zebra bridge castle diamond engine flower guitar hammer insect jacket knight ladder mirror needle`),
  hidden: words(`monkey butterfly eagle summer silver candle storm tulip prairie jupiter cotton compass cookie valley
    whale spark desert iceberg marina lagoon savanna teapot orange rocket honey river ginger crystal crow twilight panther parasol
    cello almond purple giraffe tunnel palace emerald turbine blossom trumpet chisel beetle sweater baron staircase window thread`),
}

/** Passwords are not English everywhere. */
export const FOREIGN: Split = {
  open: words(
    'sonnenschein fussball maison soleil papillon mariposa corazon estrella principessa farfalla zomer vlinder kocham',
  ),
  hidden: words(
    'schmetterling geheimnis bonjour chocolat amigos azucar tesoro andiamo voetbal lieveling sommar haslo kartoffel',
  ),
}

export const PEOPLE: Split = {
  open: words('alice martin sophie carlos nadia peter ivan laura kenji fatima oscar julia'),
  hidden: words('bob helena thomas yuki marco anna viktor leila simon clara diego priya'),
}

/** Parts of programs: what modules, tables, topics and machines are called. */
export const THINGS: Split = {
  open: words(`orders billing catalog search gateway reports inventory notifications sessions payments uploads scheduler
    customers metrics invoices webhooks archive exporter profile basket`),
  hidden: words(`shipping ledger pricing indexer proxy analytics warehouse mailer accounts checkout media worker
    tenants telemetry receipts events backup importer directory cart`),
}

export const VERBS: Split = {
  open: words('load update render collect resolve publish validate convert attach refresh'),
  hidden: words('fetch store format gather locate submit inspect merge detach rebuild'),
}

/** Words of sentences in comments, logs and documentation. */
export const PROSE: Split = {
  open: [
    'retry the request when the connection was closed',
    'keep this list sorted by name',
    'the cache is warmed at start',
    'see the wiki for the release steps',
    'only the first page is shown',
    'numbers are rounded to two decimals',
    'the queue is drained before shutdown',
    'old browsers need the fallback',
  ],
  hidden: [
    'wait until the job has finished',
    'order matters here',
    'the index is rebuilt every night',
    'ask the platform team before changing this',
    'results are paged by fifty',
    'dates are kept in universal time',
    'workers stop after the current batch',
    'the old client sends a string',
  ],
}

export const DOMAINS: Split = {
  open: words('acme-shop.io northwind.dev bluefin.cloud quarry.internal lumenpay.net fernlabs.eu'),
  hidden: words('zenithparts.com tidewater.app graystone.local papaya-soft.org hexafarm.co orbitmail.ch'),
}

export const MACHINES: Split = {
  both: words('db mail api cache'),
  open: words('pg-main mysql01 redis-a mq1 ldap2 files build git'),
  hidden: words('postgres-2 maria-db broker3 kv smtp-out sftp jenkins proxy'),
}

export const ACCOUNTS: Split = {
  both: words('admin root'),
  open: words('svc_orders app_rw deployer backup_user reporting jenkins sa'),
  hidden: words('svc-ledger webapp ci_runner replicator readonly_bi ftpuser postgres'),
}

function words(text: string): readonly string[] {
  return text.split(/\s+/)
}
