/** Changes a stream of bytes, piece by piece. */
export interface Filter {
  /** Takes the next piece and gives what can be passed on by now. */
  push(chunk: Uint8Array): Uint8Array
  /** Gives the rest. */
  end(): Uint8Array
}
