import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkOut, makeOrigin, newToken, pullRequest, scanIn } from './scan-job.ts'

const NAMES = [
  '::error::forged.py',
  '##[error]forged.py',
  'line\n::set-output name=x::y.py',
  '::stop-commands::x.py',
  'back`ticks`<img src=x>[link](javascript:1).py',
  '\u001b[31mred\u202egnp.py',
  '%0A::warning::x.py',
  '${{ github.token }}.py',
  '-rf.py',
]

describe('what a change chose', () => {
  it.skipIf(process.platform === 'win32')('is never a command, however its files are called', async () => {
    const origin = makeOrigin()
    origin.commit({ 'README.md': 'x\n' })
    origin.on('feature')
    origin.commit(Object.fromEntries(NAMES.map((name) => [name, `TOKEN = "${newToken()}"\n`])))
    const about = { title: '::error::forged ##[warning]x', body: `\n::add-mask::a\n${newToken()}` }
    const { sha, options } = pullRequest(origin, about)
    const step = await scanIn(checkOut(origin, sha), options)
    expect([step.exitCode, step.outputs.findings]).toEqual([1, String(NAMES.length + 1)])
    expect(Object.keys(step.outputs).toSorted()).toEqual(['findings', 'report-path', 'sarif-path'])
    for (const { message, properties } of step.annotations) {
      expect(message).not.toMatch(/forged|warning/)
      expect(properties.title).toMatch(/^sealward: /)
    }
    const plain = step.stdout
      .split('\n')
      .filter((text) => !/^::(?:error|warning|notice) title=sealward|^::(?:error|notice) file=/.test(text))
    expect(plain.filter((text) => /^\s*::|##\[|[\u001b\u202e]/.test(text))).toEqual([])
    expect(step.summary).not.toMatch(/<img|\]\(javascript/)
  })

  it.skipIf(process.platform === 'win32')(
    'is not followed: a SARIF file is not written through a link of the checkout',
    async () => {
      const origin = makeOrigin()
      origin.commit({ 'README.md': 'x\n' })
      const checkout = checkOut(origin, origin.at('main'))
      symlinkSync(join(checkout.path, 'README.md'), join(checkout.path, 'out.sarif'))
      const step = await scanIn(checkout, { event: { name: 'schedule' } }, { 'sarif-file': 'out.sarif' })
      expect([step.exitCode, readFileSync(join(checkout.path, 'README.md'), 'utf8')]).toEqual([2, 'x\n'])
    },
  )

  it.each(['../out.sarif', '/etc/out.sarif', '.git/hooks/post-checkout'])(
    'a SARIF file at %s is refused',
    async (path) => {
      const origin = makeOrigin()
      origin.commit({ 'README.md': 'x\n' })
      const checkout = checkOut(origin, origin.at('main'))
      const step = await scanIn(checkout, { event: { name: 'schedule' } }, { 'sarif-file': path })
      expect([step.exitCode, step.annotations[0]!.message]).toEqual([2, expect.stringContaining('[usage]')])
      expect(existsSync(join(checkout.path, path))).toBe(false)
    },
  )
})

describe('inputs', () => {
  it('of the other mode are warned about, by name', async () => {
    const origin = makeOrigin()
    origin.commit({ 'README.md': 'x\n' })
    const inputs = { key: 'AGE-SECRET-KEY-1NOTHING', files: 'x', prefix: '' }
    const step = await scanIn(checkOut(origin, origin.at('main')), { event: { name: 'schedule' } }, inputs)
    expect(step.annotations).toEqual([
      expect.objectContaining({ type: 'warning', message: 'mode: scan does not use files' }),
      expect.objectContaining({ type: 'warning', message: 'key does nothing without own-secrets: true' }),
    ])
    expect(step.everything).not.toContain('AGE-SECRET-KEY')
  })

  it.each([
    ['scan', 'everything'],
    ['summary', 'loud'],
    ['mode', 'scna'],
  ])('%s: %s is refused', async (name, value) => {
    const origin = makeOrigin()
    origin.commit({ 'README.md': 'x\n' })
    const step = await scanIn(checkOut(origin, origin.at('main')), {}, { [name]: value })
    expect([step.exitCode, step.annotations[0]!.message]).toEqual([
      2,
      expect.stringContaining(`the input ${name} takes`),
    ])
  })

  it('summary: off leaves the job summary alone', async () => {
    const origin = makeOrigin()
    origin.commit({ 'README.md': 'x\n' })
    const step = await scanIn(checkOut(origin, origin.at('main')), { event: { name: 'schedule' } }, { summary: 'off' })
    expect([step.exitCode, step.summary]).toEqual([0, ''])
  })

  it('GitHub Enterprise Server has its own pages', async () => {
    const origin = makeOrigin()
    origin.commit({ 'a.py': `TOKEN = "${newToken()}"\n` })
    const github = { server_url: 'https://ghes.example.com', sha: origin.at('main') }
    const step = await scanIn(checkOut(origin, origin.at('main')), { event: { name: 'schedule' }, github })
    expect(step.summary).toContain('(https://ghes.example.com/octo-org/example/blob/')
  })
})

it('the program that decrypts has nothing of the scanner in it', () => {
  const [decrypts, scans] = ['action', 'action-scan'].map((name) => readFileSync(`dist/${name}.js`, 'utf8'))
  expect(scans).toContain('sealward:allow')
  expect(decrypts).not.toContain('sealward:allow')
  expect(decrypts).toContain('./action-scan.js')
})
