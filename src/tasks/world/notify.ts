/** Receivers of notifications, at addresses that are secrets themselves. */
export interface Webhooks {
  /**
   * One try, and one more where there was no answer, or one that passes (429, 5xx). A redirect is an answer like any other.
   *
   * @returns the status of the last answer
   * @throws SealwardError usage for an address without TLS; io for one that cannot be reached; limit past what an answer may have
   */
  post(address: string, message: PostedMessage): Promise<number>
}

export interface PostedMessage {
  readonly headers: Readonly<Record<string, string>>
  /** JSON. */
  readonly body: string
}
