/** One scenario of test/vectors/envelope, in the form of docs/format.md section 12. */
export interface Vector {
  readonly name: string
  readonly about: string
  /** `ok`, or the code of the error. */
  readonly expect: string
  readonly reading?: 'quotes: dotenv' | 'any-name'
  readonly variables?: Readonly<Record<string, string>>
  readonly madeBy?: string
  readonly file: Uint8Array
}

const IDENTITY = 'identity.txt'

export function printVector({ about, expect, reading, variables, madeBy, file }: Vector): Uint8Array {
  const fields = [`about: ${about}`, `expect: ${expect}`, `identity: ${IDENTITY}`]
  if (reading !== undefined) fields.push(`reading: ${reading}`)
  if (variables !== undefined) fields.push(`variables: ${JSON.stringify(variables)}`)
  if (madeBy !== undefined) fields.push(`made-by: ${madeBy}`)
  return Buffer.concat([Buffer.from(`${fields.join('\n')}\n\n`), file])
}

export function parseVector(name: string, bytes: Buffer): Vector {
  const end = bytes.indexOf('\n\n')
  const fields = new Map(
    bytes
      .toString('utf8', 0, end)
      .split('\n')
      .map((line) => line.split(/: (.*)/s) as [string, string]),
  )
  const { about, expect, identity, reading, variables, 'made-by': madeBy, ...unknown } = Object.fromEntries(fields)
  if (about === undefined || expect === undefined || identity !== IDENTITY || Object.keys(unknown).length > 0)
    throw new Error(`${name}: not a vector`)
  return {
    name,
    about,
    expect,
    ...(reading === undefined ? {} : { reading: reading as 'any-name' }),
    ...(variables === undefined ? {} : { variables: JSON.parse(variables) }),
    ...(madeBy === undefined ? {} : { madeBy }),
    file: bytes.subarray(end + 2),
  }
}
