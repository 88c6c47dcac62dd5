/** Where the baseline of a repository stands, from its top. */
export const BASELINE_FILE = '.sealward/baseline.json'
