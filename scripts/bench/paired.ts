import { spawnSync } from 'node:child_process'
import { performance } from 'node:perf_hooks'

/** A command line for POSIX sh, with the environment and folder it runs in. */
export interface Contender {
  readonly name: string
  readonly command: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

export interface Paired {
  /** Medians over the rounds, milliseconds a run. */
  readonly wall: readonly number[]
  readonly cpu: readonly number[]
}

/** How often, where a run takes milliseconds. */
const MANY = { rounds: 7, runs: 8 }

/**
 * Runs contenders in turn, A B A B ..., so that a machine whose speed drifts is equally unkind to all. CPU time is what the
 * shell's `times` says of its children, over several runs to get below its clock tick.
 */
export function pair(contenders: readonly Contender[], { rounds, runs } = MANY): Paired {
  const samples = contenders.map(() => ({ wall: [] as number[], cpu: [] as number[] }))
  for (const contender of contenders) measure(contender, 2) // warm the file cache
  for (let round = 0; round < rounds; round += 1)
    for (const [index, contender] of contenders.entries()) {
      const { wall, cpu } = measure(contender, runs)
      samples[index]!.wall.push(wall)
      samples[index]!.cpu.push(cpu)
    }
  return { wall: samples.map(({ wall }) => median(wall)), cpu: samples.map(({ cpu }) => median(cpu)) }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)]!
}

function measure({ name, command, cwd, env }: Contender, runs: number): { wall: number; cpu: number } {
  const script = `i=0; while [ $i -lt ${runs} ]; do { ${command}; } >/dev/null 2>&1 || exit 9; i=$((i+1)); done; times`
  const start = performance.now()
  const result = spawnSync('sh', ['-c', script], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' })
  const wall = performance.now() - start
  if (result.status !== 0) throw new Error(`${name} ended with status ${result.status}`)
  return { wall: wall / runs, cpu: childSeconds(result.stdout) / runs }
}

/** The second line of `times`: the children's user and system time, as 0m1.230s. In milliseconds. */
function childSeconds(times: string): number {
  const fields = times.trim().split('\n')[1]!.split(' ')
  return fields.reduce((sum, field) => {
    const [, minutes, seconds] = /^(\d+)m([\d.]+)s$/.exec(field)!
    return sum + (Number(minutes) * 60 + Number(seconds)) * 1000
  }, 0)
}
