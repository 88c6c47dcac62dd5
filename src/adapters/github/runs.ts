import type { Artifact, Artifacts, Job, Runs, WorkflowRun } from '../../tasks/world/github.ts'
import type { Client } from './client/client.ts'
import { countOf, dateOf, type Fields, listOf, textOf, textOrNull } from './client/fields.ts'
import { repositoryOf } from './client/repository-name.ts'

const needs = 'actions: read'

/** The workflow runs of `owner/name`. */
export function openRuns(client: Client, repository: string): Runs {
  const at = repositoryOf(repository)
  return {
    async recent(workflow, { event, branch }) {
      const answer = await client.ask({
        route: 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs',
        parameters: {
          ...at,
          workflow_id: workflow,
          per_page: 100,
          ...given('event', event),
          ...given('branch', branch),
        },
        needs,
        accept: [404],
      })
      return answer.status === 404 ? null : listOf(answer.data, 'workflow_runs').map(runOf)
    },
    async jobs(run) {
      const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/jobs'
      const jobs: Job[] = []
      for await (const page of client.pages({ route, parameters: { ...at, run_id: run, filter: 'all' }, needs }))
        jobs.push(...listOf(page, 'jobs').map(jobOf))
      return jobs
    },
    log: (job) =>
      client.download({
        route: 'GET /repos/{owner}/{repo}/actions/jobs/{job_id}/logs',
        parameters: { ...at, job_id: job },
        needs,
      }),
  }
}

/** The artifacts of the workflow runs of `owner/name`. */
export function openArtifacts(client: Client, repository: string): Artifacts {
  const at = repositoryOf(repository)
  return {
    async list(run) {
      const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts'
      const artifacts: Artifact[] = []
      for await (const page of client.pages({ route, parameters: { ...at, run_id: run }, needs }))
        artifacts.push(...listOf(page, 'artifacts').map(artifactOf))
      return artifacts
    },
    download: (artifact) =>
      client.download({
        route: 'GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}',
        parameters: { ...at, artifact_id: artifact, archive_format: 'zip' },
        needs,
      }),
  }
}

function given(name: string, value: string | undefined): object {
  return value === undefined ? {} : { [name]: value }
}

function runOf(fields: Fields): WorkflowRun {
  return {
    id: countOf(fields, 'id'),
    event: textOf(fields, 'event'),
    status: textOrNull(fields, 'status'),
    conclusion: textOrNull(fields, 'conclusion'),
    url: textOf(fields, 'html_url'),
    createdAt: dateOf(fields, 'created_at'),
  }
}

function jobOf(fields: Fields): Job {
  return {
    id: countOf(fields, 'id'),
    name: textOf(fields, 'name'),
    status: textOf(fields, 'status'),
    conclusion: textOrNull(fields, 'conclusion'),
    attempt: fields.run_attempt === undefined ? 1 : countOf(fields, 'run_attempt'),
    url: textOrNull(fields, 'html_url') ?? '',
  }
}

function artifactOf(fields: Fields): Artifact {
  return {
    id: countOf(fields, 'id'),
    name: textOf(fields, 'name'),
    bytes: countOf(fields, 'size_in_bytes'),
    expired: fields.expired === true,
  }
}
