/** Who did something, as they say themselves: nothing here is proved, a signed checkpoint says who vouches for it. */
export interface Actor {
  readonly via: 'git' | 'github'
  readonly name: string
  readonly email?: string
  /** Of a workflow: `owner/name/runs/1234`. */
  readonly run?: string
}

const NAME = 200
const NOBODY = '(unknown)'

export interface ActorFacts {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `user.name` and `user.email` of git; null where they are not set. */
  readonly name: string | null
  readonly email: string | null
}

/** In a job of GitHub whoever started it, elsewhere whom git knows. */
export function actorOf({ env, name, email }: ActorFacts): Actor {
  const { GITHUB_ACTIONS, GITHUB_ACTOR, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env
  if (GITHUB_ACTIONS === 'true' && GITHUB_ACTOR) {
    const run = GITHUB_REPOSITORY && GITHUB_RUN_ID ? { run: cut(`${GITHUB_REPOSITORY}/runs/${GITHUB_RUN_ID}`) } : {}
    return { via: 'github', name: cut(GITHUB_ACTOR), ...run }
  }
  return { via: 'git', name: cut(name || NOBODY), ...(email ? { email: cut(email) } : {}) }
}

function cut(text: string): string {
  return text.toWellFormed().slice(0, NAME).toWellFormed()
}
