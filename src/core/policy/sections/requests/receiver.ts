import * as v from 'valibot'
import { VARIABLE_NAME } from '../../../dotenv/document.ts'
import { described, matching } from '../../schema-parts.ts'

const ITSELF = 'must be the name of the variable that has it, because it is a secret itself'

/** The name of a variable of the environment, for what is a secret itself. */
export const variable = v.pipe(
  matching(VARIABLE_NAME, ITSELF),
  // Of some keys the text could be a name.
  v.check((text) => !/^wh(?:sec|sk)_/.test(text), ITSELF),
)

/** A webhook, by names of variables. */
export const receiver = v.strictObject({
  url: described(variable, 'The variable with the address.'),
  key: v.optional(described(variable, 'The variable with the key that signs (whsec_...).')),
})
