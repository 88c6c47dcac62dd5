import { type Client, type ClientOptions, openClient } from '../../../src/adapters/github/client/client.ts'
import { type FakeGitHub, type FakeOptions, openFakeGitHub } from './fake-github.ts'
import type { FakeRepository } from './state.ts'

export const TOKEN = 'token-of-the-tests'
export const NAME = 'acme/app'
export const BOT = 'github-actions[bot]'

/** A fake GitHub with one repository and one token that may do everything, and a client that waits for nothing. */
export interface GitHubScene {
  readonly github: FakeGitHub
  readonly repository: FakeRepository
  client(options?: Partial<ClientOptions>): Client
}

export async function openScene(options: FakeOptions = {}): Promise<GitHubScene> {
  const github = await openFakeGitHub(options)
  github.tokens.set(TOKEN, { login: BOT, permissions: ['issues: write', 'actions: read'] })
  return {
    github,
    repository: github.repository(NAME),
    client: (changed = {}) =>
      openClient({
        token: TOKEN,
        apiUrl: github.url,
        version: '1.2.3',
        env: {},
        ...changed,
        pace: { second: 1, gaps: false, ...changed.pace },
      }),
  }
}
