/** The forms in which decrypted variables can be printed, or written to a file of a job. */
export type Format = 'dotenv' | 'json' | 'shell' | 'yaml' | 'docker' | 'k8s' | 'properties'

/** Every format, in the order in which help texts list them: the command line and the Action take the same. */
export const FORMATS: readonly Format[] = ['dotenv', 'json', 'shell', 'yaml', 'docker', 'k8s', 'properties']
