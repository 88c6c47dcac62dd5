import { describe, expect, it } from 'vitest'
import { keyFilePaths } from '../../../src/adapters/keys/config.ts'

describe('the usual key files', () => {
  it.each([
    ['linux', {}, '/home/al', ['/home/al/.config/sealward/keys.txt', '/home/al/.config/sops/age/keys.txt']],
    [
      'linux',
      { XDG_CONFIG_HOME: '/etc/xdg/' },
      '/home/al',
      ['/etc/xdg/sealward/keys.txt', '/etc/xdg/sops/age/keys.txt'],
    ],
    [
      'linux',
      { XDG_CONFIG_HOME: '' },
      '/home/al',
      ['/home/al/.config/sealward/keys.txt', '/home/al/.config/sops/age/keys.txt'],
    ],
    [
      'linux',
      { XDG_CONFIG_HOME: 'rel' },
      '/home/al',
      ['/home/al/.config/sealward/keys.txt', '/home/al/.config/sops/age/keys.txt'],
    ],
    [
      'darwin',
      {},
      '/Users/al',
      [
        '/Users/al/Library/Application Support/sealward/keys.txt',
        '/Users/al/.config/sealward/keys.txt',
        '/Users/al/Library/Application Support/sops/age/keys.txt',
      ],
    ],
    [
      'darwin',
      { XDG_CONFIG_HOME: '/Users/al/.config' },
      '/Users/al',
      ['/Users/al/.config/sealward/keys.txt', '/Users/al/.config/sops/age/keys.txt'],
    ],
    [
      'win32',
      { AppData: String.raw`C:\Users\al\AppData\Roaming` },
      String.raw`C:\Users\al`,
      [
        String.raw`C:\Users\al\AppData\Roaming\sealward\keys.txt`,
        String.raw`C:\Users\al\AppData\Roaming\sops\age\keys.txt`,
      ],
    ],
    [
      'win32',
      { XDG_CONFIG_HOME: '/c/xdg', APPDATA: '' },
      String.raw`C:\Users\al`,
      [
        String.raw`C:\Users\al\AppData\Roaming\sealward\keys.txt`,
        String.raw`C:\Users\al\AppData\Roaming\sops\age\keys.txt`,
      ],
    ],
  ] as const)('on %s with %j', (platform, env, home, paths) => {
    expect(keyFilePaths({ platform, env, home })).toEqual(paths)
  })
})
