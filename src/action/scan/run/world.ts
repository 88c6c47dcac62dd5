import { openArchives } from '../../../adapters/archives/archives.ts'
import { readPieces } from '../../../adapters/files/sources/standard-input.ts'
import { type Client, openClient } from '../../../adapters/github/client/client.ts'
import { openIssues } from '../../../adapters/github/issues.ts'
import { openArtifacts, openRuns } from '../../../adapters/github/runs.ts'
import { openIssueVocabulary } from '../../../adapters/github/vocabulary.ts'
import { SealwardError } from '../../../core/errors.ts'
import { TEXT_BYTES } from '../../../core/scan/limits.ts'
import { VERSION } from '../../../core/version.ts'
import type { LeakIssueWorld } from '../../../tasks/steps/leaks/leak-issue.ts'
import type { RunTextsWorld } from '../../../tasks/steps/leaks/run-texts.ts'
import { repositoryPage } from '../../repository-page.ts'

/** GitHub, as far as a scan of a run asks it: nothing is asked before the first call. */
export interface RunWorld extends Omit<RunTextsWorld, 'clock' | 'failed'>, LeakIssueWorld {
  /** `https://github.com/owner/name`, for links; null where the runner says none that is an address. */
  readonly page: string | null
}

const LARGEST = 128 * 1024 * 1024
const OVERLAP = 64 * 1024

/** @throws SealwardError usage without a token, or outside of a repository's run */
export function openRunWorld(token: string): RunWorld {
  const { GITHUB_REPOSITORY: repository = '', GITHUB_API_URL: apiUrl = 'https://api.github.com' } = process.env
  if (token === '')
    throw new SealwardError('usage', 'logs and artifacts are read from GitHub, which takes a token', {
      hint: "leave the input github-token at its default, the job's own token",
    })
  const client: Client = openClient({
    token,
    apiUrl,
    version: VERSION,
    env: process.env,
    bounds: { maxDownloadBytes: LARGEST },
  })
  return {
    runs: openRuns(client, repository),
    artifacts: openArtifacts(client, repository),
    archives: openArchives(),
    issues: openIssues(client, repository),
    vocabulary: openIssueVocabulary(client, repository),
    largest: LARGEST,
    pieces: (bytes, path) =>
      readPieces(once(bytes), path, { bytes: Math.min(TEXT_BYTES, bytes.length + 1), overlap: OVERLAP }),
    page: repositoryPage(process.env),
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
