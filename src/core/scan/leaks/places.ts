/** Places of what a run left behind begin with one of these: `logs: build`, `artifact dist!a/b`. */
export const OF_LOGS = 'logs: '
export const OF_ARTIFACTS = 'artifact '

/** What the place of a name that holds a secret ends with. */
export const OF_A_NAME = ' (its name)'
