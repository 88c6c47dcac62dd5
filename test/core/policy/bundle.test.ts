import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

describe('a bundle that reads sealward.yml and .sops.yaml', () => {
  it('loads the engine for expressions when one is compiled, and not before', async () => {
    const { metafile } = await build({
      entryPoints: ['src/core/policy/envelope.ts', 'src/core/policy/policy.ts'],
      outdir: 'never-written',
      write: false,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
    })
    const engine = Object.entries(metafile.outputs).find(([, { inputs }]) =>
      Object.keys(inputs).some((input) => /re2js/.test(input)),
    )
    const importers = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ path }) => path === engine?.[0]),
    )
    expect(importers.length).toBeGreaterThan(0)
    expect(importers.map(({ kind }) => kind)).toEqual(importers.map(() => 'dynamic-import'))
  })
})
