import { describe, expect, it } from 'vitest'
import { DESCRIPTION, type Exchange, openContract } from '../../fakes/github/contract.ts'
import { ROUTES } from '../../fakes/github/routes.ts'
import { openScene, TOKEN } from '../../fakes/github/scene.ts'
import { itWith } from '../../peers.ts'

const CREATED: Exchange = {
  method: 'POST',
  template: '/repos/{owner}/{repo}/labels',
  path: { owner: 'acme', repo: 'app' },
  query: {},
  body: { name: 'due', color: 'd93f0b' },
  status: 201,
  answer: {
    id: 1,
    node_id: 'L',
    url: 'https://x.example',
    name: 'due',
    color: 'd93f0b',
    default: false,
    description: null,
  },
}

/** What the description must find wrong: without this, a contract that holds nobody to anything would pass. */
const WRONG: readonly (readonly [string, Partial<Exchange>, RegExp])[] = [
  ['a body without what it needs', { body: { color: 'd93f0b' } }, /body.*name/],
  ['a name that GitHub does not know', { body: { name: 'due', colour: 'd93f0b' } }, /body.*additional/],
  ['a query that GitHub does not know', { query: { labels: 'x' } }, /query.*additional/],
  ['an answer without a field', { answer: { id: 1 } }, /answer 201.*node_id/],
  ['a field of another type', { answer: { ...(CREATED.answer as object), description: 7 } }, /answer 201\/description/],
  ['a success that is not described', { status: 200 }, /answer 200/],
  ['a refusal without words', { status: 403, answer: {} }, /answer 403.*message/],
  ['an operation that is not there', { template: '/repos/{owner}/{repo}/lables' }, /no such operation/],
]

describe("GitHub's own description", () => {
  for (const [name, change, fault] of WRONG)
    itWith(DESCRIPTION, `finds ${name}`, () => {
      expect(openContract('api.github.com')?.({ ...CREATED, ...change })?.join('\n')).toMatch(fault)
    })

  itWith(DESCRIPTION, 'finds nothing wrong with what is right', () => {
    expect(openContract('api.github.com')?.(CREATED)).toEqual([])
  })

  for (const edition of ['api.github.com', 'ghes-3.19'] as const)
    itWith(DESCRIPTION, `has every operation of the fake (${edition})`, () => {
      const contract = openContract(edition)
      const unknown = ROUTES.filter(({ method, template }) =>
        contract?.({ ...CREATED, method, template }).some((fault) => fault.includes('no such operation')),
      )
      expect(unknown).toEqual([])
    })

  itWith(DESCRIPTION, 'fails a test whose fake was asked for something else', async () => {
    const { github } = await openScene()
    const headers = { authorization: `token ${TOKEN}` }
    await fetch(`${github.url}/repos/acme/app/issues?perpage=100`, { headers })
    await expect(github.close()).rejects.toThrow('not as GitHub describes it')
  })
})

describe('the search of the fake', () => {
  it('lags behind the list until it has caught up', async () => {
    const { github, repository } = await openScene()
    repository.open('mona', { title: 'due soon' })
    const found = async () => {
      const headers = { authorization: `token ${TOKEN}` }
      const answer = await fetch(`${github.url}/search/issues?q=repo:acme/app+due`, { headers })
      return ((await answer.json()) as { readonly total_count: number }).total_count
    }
    expect(await found()).toBe(0)
    github.index(repository)
    expect(await found()).toBe(1)
    await github.close()
  })
})
