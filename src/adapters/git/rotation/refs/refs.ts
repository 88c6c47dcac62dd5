/** Names that lead to commits: those of a remote or, where there is none, of this repository. */
export interface Refs {
  /** The branch that counts where sealward.yml names none, `refs/heads/main`. @throws SealwardError git */
  standardBranch(): Promise<string>
  /** Where these lead now; null for one that is not there. @throws SealwardError git, permission */
  look(names: readonly string[]): Promise<ReadonlyMap<string, string | null>>
  /** Makes sure that the commits are here. @throws SealwardError git, permission */
  bring(found: ReadonlyMap<string, string | null>): Promise<void>
  /** Brings older commits to a clone that lacks them. @returns whether there are more of them now */
  deepen(names: readonly string[]): Promise<boolean>
  /**
   * Leads a name elsewhere, if it leads where it is believed to; null stands for a name that is not there.
   *
   * @returns false where it leads elsewhere by now
   * @throws SealwardError git or permission where the remote refuses for another reason
   */
  move(name: string, from: string | null, to: string | null): Promise<boolean>
}
