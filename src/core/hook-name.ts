/** The hooks of git that sealward has, in the order in which git comes to them. */
export const HOOKS = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push'] as const

export type HookName = (typeof HOOKS)[number]

export function isHookName(text: string): text is HookName {
  return (HOOKS as readonly string[]).includes(text)
}
