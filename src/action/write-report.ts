import type { JobFiles } from '../tasks/world/job.ts'

/** Writes a report below the job's own folders and through no link: the files of a checkout may be anybody's. @returns where it is */
export async function writeReport(path: string, text: string, jobFiles: JobFiles): Promise<string> {
  await jobFiles.write(path, Buffer.from(text))
  return jobFiles.locate(path)
}
