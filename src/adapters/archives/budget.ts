import type { ArchiveBounds } from '../../tasks/world/scan/archive.ts'

const MIB = 1024 * 1024

/** What is usual: GitHub's logs, a release, a container's layer. */
export const ARCHIVE_BOUNDS: ArchiveBounds = {
  entries: 20_000,
  entryBytes: 8 * MIB,
  innerBytes: 64 * MIB,
  totalBytes: 512 * MIB,
  ratio: 200,
  milliseconds: 30_000,
}

/** Less than this is no bomb, however little it was packed into: a page of zeros packs a thousandfold. */
const RATIO_FROM = 16 * MIB

/** What one archive may cost, with all that is in it. */
export class Budget {
  readonly bounds: ArchiveBounds
  readonly #packed: number
  readonly #end: number
  #entries = 0
  #unpacked = 0
  #spent: string | null = null

  /** @param packed the size of the archive */
  constructor(bounds: ArchiveBounds, packed: number) {
    this.bounds = bounds
    this.#packed = packed
    this.#end = performance.now() + bounds.milliseconds
  }

  /** Why nothing more may be read; null as long as it may. */
  get spent(): string | null {
    return this.#spent
  }

  /** @returns false when it is one too many */
  addEntry(): boolean {
    this.#entries += 1
    if (this.#entries > this.bounds.entries) this.#stop(`more than ${this.bounds.entries} files`)
    return this.#check()
  }

  /** @returns false when the bytes are too many, and should be dropped */
  addBytes(count: number): boolean {
    this.#unpacked += count
    const { totalBytes, ratio } = this.bounds
    if (this.#unpacked > totalBytes) this.#stop(`unpacks to more than ${Math.ceil(totalBytes / MIB)} MiB`)
    if (this.#unpacked > Math.max(RATIO_FROM, ratio * this.#packed))
      this.#stop(`unpacks to more than ${ratio} times its size`)
    return this.#check()
  }

  #check(): boolean {
    if (performance.now() > this.#end) this.#stop(`takes more than ${Math.ceil(this.bounds.milliseconds / 1000)} s`)
    return this.#spent === null
  }

  #stop(why: string): void {
    this.#spent ??= why
  }
}
