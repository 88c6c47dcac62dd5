/** What encrypted files are called, as globs. */
export const USUAL_NAMES: readonly string[] = ['**/.env*.encrypted', '**/*.env.encrypted']

/** A path below a folder; '' is the working folder. */
export function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`
}
