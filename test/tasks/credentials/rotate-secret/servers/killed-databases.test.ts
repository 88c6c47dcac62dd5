import { describe, vi } from 'vitest'
import { itWith } from '../../../../peers.ts'
import { disturb, WHEN } from '../../../../support/killing/every-moment.ts'
import { mariadbPlaces, mysqlPlaces, postgresPlaces } from '../../../../support/places/databases.ts'
import { itWithMysql } from '../../../../support/servers/mysql.ts'

vi.setConfig({ testTimeout: 600_000 })

describe(`sealward rotate secret, ${WHEN}`, () => {
  itWith(['initdb', 'postgres'], 'PostgreSQL', async (initdb, postgres) =>
    disturb(
      await postgresPlaces(
        [initdb!, postgres!],
        [{ strategy: 'alternating' }, { strategy: 'single' }, { strategy: 'single', alone: true }],
      ),
    ),
  )
  itWith(['mariadb-install-db', 'mariadbd'], 'MariaDB', async (install, mariadbd) =>
    disturb(
      await mariadbPlaces(
        [install!, mariadbd!],
        [{ strategy: 'dual' }, { strategy: 'alternating' }, { strategy: 'single', alone: true }],
      ),
    ),
  )
  itWithMysql('MySQL', async (mysqld) =>
    disturb(await mysqlPlaces(mysqld, [{ strategy: 'dual' }, { strategy: 'alternating' }, { strategy: 'single' }])),
  )
})
