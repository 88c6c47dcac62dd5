import fc from 'fast-check'
import type { ListedRepository } from '../../../src/core/organisation/choose.ts'

/** Repositories as GitHub lists them; one may come twice, as when the list changes while it is read. */
export const repositories: fc.Arbitrary<ListedRepository[]> = fc
  .array(
    fc.record({
      name: fc.stringMatching(/^[a-z]{1,3}$/).map((name) => `octo-org/${name}`),
      private: fc.boolean(),
      archived: fc.boolean(),
      disabled: fc.boolean(),
      fork: fc.boolean(),
      size: fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 5_000_000 })),
    }),
    { maxLength: 300 },
  )
  .map((all) =>
    [...new Map(all.map((one) => [one.name, one])).values()].flatMap((one, at) => (at % 9 === 0 ? [one, one] : [one])),
  )
