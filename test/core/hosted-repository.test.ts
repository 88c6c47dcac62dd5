import { describe, expect, it } from 'vitest'
import { hostedRepository } from '../../src/core/hosted-repository.ts'

describe('the repository behind the address of a remote', () => {
  it.each([
    'https://github.com/octo/shop.git',
    'https://github.com/octo/shop',
    'https://github.com/octo/shop/',
    'https://x-access-token:abc@github.com/octo/shop.git',
    'git@github.com:octo/shop.git',
    'ssh://git@github.com/octo/shop.git',
    'ssh://git@GitHub.com:22/octo/shop',
  ])('is octo/shop for %s', (address) => {
    expect(hostedRepository(address)).toEqual({ host: 'github.com', name: 'octo/shop' })
  })

  it.each([
    '/srv/git/octo/shop.git',
    '../shop',
    'C:\\git\\shop',
    'file:///srv/git/shop.git',
    'https://github.com/octo',
    'https://github.com/octo/shop/tree/main',
    'http://github.com/octo/shop',
    `https://${'a'.repeat(100_000)}`,
  ])('is none for %.40s', (address) => {
    expect(hostedRepository(address)).toBeNull()
  })
})
