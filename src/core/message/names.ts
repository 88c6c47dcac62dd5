/** The names that messages go by in findings. They are no paths of files, and the same for every commit, so that a rebase changes nothing. */
export const COMMIT_MESSAGE = '(commit message)'
export const TAG_MESSAGE = '(tag message)'
