import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCheckInputs } from '../../src/action/check/inputs.ts'
import { readInputs } from '../../src/action/inputs.ts'
import { readMode, strayInputs } from '../../src/action/modes.ts'
import { readOrganisationInputs } from '../../src/action/organisation/inputs.ts'
import { readRotateInputs } from '../../src/action/rotate/inputs.ts'
import { readScanInputs } from '../../src/action/scan/inputs.ts'
import { temporaryFolder } from '../support/git-repository.ts'
import { openCheckScene } from './check/check-scene.ts'
import { openOrganisation } from './organisation/organisation-scene.ts'
import { fileSystem, openRotateScene } from './rotate/rotate-scene.ts'
import { readActionMetadata } from './runner/host/action-metadata.ts'
import { scanIn } from './scan/scan-job.ts'
import { startSealwardJob } from './sealward-job.ts'

const metadata = await readActionMetadata('.')

/** The rows of a table of README's section on the Action, as cells without backquotes; the table is told by the first word of its head. */
function readmeRows(head: string): string[][] {
  const section = /^## The Action$([\s\S]*?)^## /m.exec(readFileSync('README.md', 'utf8'))?.[1] ?? ''
  const tables = section.split('\n\n').map((block) => block.trim().split('\n').map(cells))
  return (tables.find(([first]) => first?.[0] === head) ?? []).slice(2)
}

function cells(row: string): string[] {
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1'))
}

/** The inputs that the Action reads in a mode: it is given an environment that writes down what is asked of it. */
function inputsRead(read: (env: Record<string, string>) => unknown): string[] {
  const asked = new Set<string>()
  const env = new Proxy<Record<string, string>>({}, { get: (_, name) => void asked.add(String(name)) })
  readMode(env)
  read(env)
  return [...asked].map((name) => name.replace(/^INPUT_/, '').toLowerCase())
}

describe('the inputs of the Action', () => {
  const names = metadata.inputs.map(({ name }) => name)

  it.each([
    ['decrypt', readInputs],
    ['scan', readScanInputs],
    ['check', readCheckInputs],
    ['organisation', readOrganisationInputs],
    ['rotate', readRotateInputs],
  ])('are the same in action.yml and in the code of mode %s, which uses them or says that it does not', (_, read) => {
    expect(inputsRead(read).toSorted()).toEqual(names.toSorted())
  })

  it('are the same in the README, in the same order and with the same defaults', () => {
    const rows = readmeRows('input').map(([name, value]) => [name, value])
    expect(rows).toEqual(metadata.inputs.map((input) => [input.name, input.default]))
  })

  it('have the defaults that the code has, so that a wrapper which passes on nothing changes nothing', () => {
    // The token of a job is its own: code that has none says so.
    const declared = metadata.inputs
      .filter(({ name }) => name !== 'github-token')
      .map(({ name, default: value }) => [`INPUT_${name.toUpperCase()}`, value])
    expect(readInputs(Object.fromEntries(declared))).toEqual(readInputs({}))
    expect(readScanInputs(Object.fromEntries(declared))).toEqual(readScanInputs({}))
    expect(readCheckInputs(Object.fromEntries(declared))).toEqual(readCheckInputs({}))
    expect(readOrganisationInputs(Object.fromEntries(declared))).toEqual(readOrganisationInputs({}))
    expect([readInputs({}).stray, readScanInputs({}).useless, readCheckInputs({}).stray]).toEqual([null, [], null])
    expect(readRotateInputs(Object.fromEntries(declared))).toEqual(readRotateInputs({}))
    expect([readOrganisationInputs({}).stray, readRotateInputs({}).stray]).toEqual([null, null])
  })

  it('of another mode are told of when somebody set them, each by its name', () => {
    const set = Object.fromEntries(names.map((name) => [`INPUT_${name.toUpperCase()}`, 'x']))
    const ofOthers = ['decrypt', 'scan', 'check', 'organisation', 'rotate'] as const
    const [forDecrypt, forScan, forCheck, forOrganisation, forRotate] = ofOthers.map((mode) => strayInputs(set, mode))
    const scans = ['scan', 'targets', 'run-id', 'own-secrets', 'sarif-file', 'issue']
    const checks = ['issues', 'report-files']
    const organisations = ['part', 'organisation', 'include', 'exclude', 'shard']
    const rotates = ['credentials', 'only-due', 'environment', 'dry-run', 'emergency']
    const ofSome = [...scans, ...checks, ...organisations, ...rotates, 'names']
    expect(forDecrypt!.toSorted()).toEqual([...ofSome, 'fail-on'].toSorted())
    const decrypts = forScan!.filter((name) => !ofSome.includes(name))
    expect(forCheck!.toSorted()).toEqual([...decrypts, ...scans, ...organisations, ...rotates].toSorted())
    expect(forOrganisation!.toSorted()).toEqual([...decrypts, ...scans, ...checks, ...rotates].toSorted())
    const others = [...decrypts, ...scans, ...checks, ...organisations, 'names', 'fail-on']
    expect(forRotate!.toSorted()).toEqual(others.toSorted())
    const shared = ['mode', 'key', 'summary', 'working-directory', 'github-token', 'fail-on']
    expect([...decrypts, ...ofSome, ...shared].toSorted()).toEqual(names.toSorted())
  })
})

describe('the outputs of the Action', () => {
  it('are the same in action.yml, in the README and in a job', async () => {
    const job = await startSealwardJob({ A: '1' })
    const { outputs } = await job.load()
    const scanned = await scanIn(
      { path: temporaryFolder('empty') },
      { event: { name: 'push', payload: { deleted: true } } },
    )
    const checked = await (await openCheckScene()).check({ issues: 'off' })
    const { plan } = await (await openOrganisation()).run({ include: 'none' })
    const rotated = await (await openRotateScene(fileSystem())).rotate({ 'dry-run': 'true', 'only-due': 'false' })
    const steps = [outputs, scanned.outputs, checked.outputs, plan.outputs, rotated.outputs]
    const all = new Set(steps.flatMap((some) => Object.keys(some)))
    expect([...all].toSorted()).toEqual(metadata.outputs.toSorted())
    expect(readmeRows('output').map(([name]) => name)).toEqual(metadata.outputs)
  })
})

describe('action.yml', () => {
  it('names Node 24 and a built file', () => {
    expect(metadata.using).toBe('node24')
    expect(metadata.main).toMatch(/^dist\//)
    expect(statSync(metadata.main).isFile()).toBe(true)
  })
})
