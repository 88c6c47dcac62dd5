import library from './index.js'
export const { SealwardError, getSecretOrEnv, load } = library
