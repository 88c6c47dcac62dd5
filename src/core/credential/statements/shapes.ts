import type { Change, Shape } from '../change.ts'
import type { DriverName, Target } from '../target.ts'

type ShapesOf = (change: Change, target: Target) => readonly Shape[]

/** Each driver says what it tells its system; it is loaded when that one is asked about. */
const SHAPES: Readonly<Record<DriverName, () => Promise<ShapesOf>>> = {
  postgres: async () => (await import('./postgres.ts')).postgresShapes,
  mysql: async () => (await import('./mysql.ts')).mysqlShapes,
  mariadb: async () => (await import('./mariadb.ts')).mariadbShapes,
  redis: async () => (await import('./redis.ts')).redisShapes,
  mongodb: async () => (await import('./mongodb.ts')).mongoShapes,
  sqlcipher: async () => (await import('./sqlcipher.ts')).sqlcipherShapes,
  command: async () => (await import('./command.ts')).commandShapes,
  'github-secret': async () => (await import('./github-secret.ts')).githubSecretShapes,
}

/** @returns what shows a change as a system is told it, without secrets */
export async function shapesFor(target: Target): Promise<(change: Change) => readonly Shape[]> {
  const shapesOf = await SHAPES[target.driver]()
  return (change) => shapesOf(change, target)
}
