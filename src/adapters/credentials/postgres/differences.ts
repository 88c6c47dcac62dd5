import { printable } from '../../../core/report/printable.ts'
import type { PostgresSession, Row } from './session.ts'

const SAME = `SELECT a.rolsuper = b.rolsuper AND a.rolinherit = b.rolinherit AND a.rolcreaterole = b.rolcreaterole
    AND a.rolcreatedb = b.rolcreatedb AND a.rolreplication = b.rolreplication AND a.rolbypassrls = b.rolbypassrls
    AND a.rolconnlimit = b.rolconnlimit AS attributes,
  NOT EXISTS (
    (SELECT roleid FROM pg_auth_members WHERE member = a.oid EXCEPT SELECT roleid FROM pg_auth_members WHERE member = b.oid)
    UNION ALL
    (SELECT roleid FROM pg_auth_members WHERE member = b.oid EXCEPT SELECT roleid FROM pg_auth_members WHERE member = a.oid)
  ) AS roles
  FROM pg_roles a, pg_roles b WHERE a.rolname = $1 AND b.rolname = $2`

/** pg_shdepend knows of every database who owns an object ('o') or is named in its privileges ('a'); any login may read it. */
const HOLDS = `SELECT d.deptype::text AS how, d.dbid, d.classid, d.objid FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid
  WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype IN ('o', 'a') AND r.rolname = $1 ORDER BY 1, 2, 3, 4 LIMIT 10000`

const TURNS = `SELECT EXISTS (SELECT FROM pg_db_role_setting s, unnest(s.setconfig) one
    WHERE s.setrole = r.oid AND one IN ('role=' || $2, 'role="' || replace($2, '"', '""') || '"')) AS turns,
  EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid WHERE m.member = r.oid AND g.rolname = $2) AS belongs
  FROM pg_roles r WHERE r.rolname = $1`

/** What one of two logins could do and the other could not: an application that alternates between them would notice. */
export async function differences(
  session: PostgresSession,
  users: readonly [string, string],
  role: string | null,
): Promise<readonly string[]> {
  const [same] = await session.ask(SAME, users)
  if (same === undefined) return []
  const found: string[] = []
  const both = users.map(shown).join(' and ')
  if (same.attributes !== true) found.push(`${both} differ in what they may do (attributes of the roles)`)
  if (same.roles !== true) found.push(`${both} are not members of the same roles`)
  const [one, other] = [await session.ask(HOLDS, [users[0]]), await session.ask(HOLDS, [users[1]])]
  if (one.some(isOwned) || other.some(isOwned))
    found.push(
      `${both} own objects of their own, which the other cannot change: let a role that both turn into own them`,
    )
  if (keyOf(one) !== keyOf(other))
    found.push(`${both} have privileges on different objects: grant them to a role that both are members of`)
  if (role !== null) for (const user of users) found.push(...(await againstRole(session, user, role)))
  return found
}

async function againstRole(session: PostgresSession, user: string, role: string): Promise<readonly string[]> {
  const [at] = await session.ask(TURNS, [user, role])
  if (at === undefined) return []
  if (at.belongs !== true) return [`${shown(user)} is not a member of the role ${shown(role)}`]
  if (at.turns === true) return []
  return [
    `${shown(user)} does not turn into ${shown(role)} at its start: ALTER ROLE ${shown(user)} SET role TO ${shown(role)}`,
  ]
}

function isOwned({ how }: Row): boolean {
  return how === 'o'
}

function keyOf(rows: readonly Row[]): string {
  return JSON.stringify(rows.filter((row) => !isOwned(row)).map(({ dbid, classid, objid }) => [dbid, classid, objid]))
}

function shown(name: string): string {
  return printable(JSON.stringify(name))
}
