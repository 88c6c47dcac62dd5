declare const SEALWARD_VERSION: string

/** package.json's version, put in by the build. */
export const VERSION: string = SEALWARD_VERSION
