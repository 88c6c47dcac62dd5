import { describe, expect, it } from 'vitest'
import { SealwardError } from '../../../../src/core/errors.ts'
import { FORMATS } from '../../../../src/core/render/format.ts'
import { prepareExportFile } from '../../../../src/tasks/steps/job/export-file.ts'

function jobFiles() {
  const written = new Map<string, string>()
  return {
    written,
    async locate(path: string) {
      if (path.includes('..')) throw new SealwardError('usage', 'the path has ..', { file: path })
      return `/w/${path}`
    },
    async write(path: string, bytes: Uint8Array) {
      written.set(path, Buffer.from(bytes).toString())
    },
  }
}

const variables = new Map([['KEY', 'a b']])

describe('a file of variables', () => {
  it('is written when it is told to be, and not before', async () => {
    const files = jobFiles()
    const prepared = await prepareExportFile({ path: 'x.sh', format: 'shell', variables }, files)
    expect([prepared.place, files.written.size]).toEqual(['/w/x.sh', 0])
    await prepared.write()
    expect([...files.written]).toEqual([['x.sh', "export KEY='a b'\n"]])
  })

  it.each(FORMATS)('is written as %s', async (format) => {
    const files = jobFiles()
    await (await prepareExportFile({ path: 'app.x', format, variables }, files)).write()
    expect(files.written.get('app.x')).toMatch(/KEY|S0VZ/)
  })

  it.each([
    ['deploy/app-secret.yaml', 'app-secret'],
    ['C:\\x\\My App.yml', 'my-app'],
    ['.env', 'env'],
  ])('%s is a Kubernetes Secret called %s', async (path, name) => {
    const files = jobFiles()
    await (await prepareExportFile({ path, format: 'k8s', variables }, files)).write()
    expect(files.written.get(path)).toContain(`name: "${name}"`)
  })

  it('is refused before it is written, for its path and for its format', async () => {
    const broken = new Map([['KEY', 'a\nb']])
    const refusals = [
      prepareExportFile({ path: '../x', format: 'json', variables }, jobFiles()),
      prepareExportFile({ path: 'x', format: 'docker', variables: broken }, jobFiles()),
    ]
    await expect(refusals[0]).rejects.toMatchObject({ code: 'usage' })
    await expect(refusals[1]).rejects.toMatchObject({ code: 'not-representable' })
  })
})
