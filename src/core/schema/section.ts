import * as v from 'valibot'
import { VARIABLE_NAME } from '../dotenv/document.ts'
import { VALUE_TYPES } from './types.ts'

/**
 * What is asked of the decrypted variables, by name: the one definition of the section `schema` of sealward.yml and of the file
 * `.env.schema`, which holds the same map.
 */

const text = v.string()
const length = v.pipe(
  v.number('must be a whole number'),
  v.integer('must be a whole number'),
  v.minValue(0, 'must not be negative'),
  v.maxValue(131_072, 'must be 131072 at most'),
)

const VariableRule = v.pipe(
  v.strictObject({
    required: v.optional(v.pipe(v.boolean(), v.description('Whether it must be there, and not be empty.')), false),
    type: v.optional(
      v.pipe(
        v.picklist(VALUE_TYPES, `must be one of ${VALUE_TYPES.join(', ')}`),
        v.description('What kind of value it has.'),
      ),
    ),
    pattern: v.optional(
      v.pipe(
        text,
        v.minLength(1, 'must not be empty'),
        v.description('An RE2 expression that must be found in the value; ^ and $ make it the whole value.'),
      ),
    ),
    enum: v.optional(
      v.pipe(
        v.array(text),
        v.minLength(1, 'must not be empty'),
        v.description(
          'The values that it may have. Only for values that are no secret: these stand here in plain text.',
        ),
      ),
    ),
    'min-length': v.optional(v.pipe(length, v.description('How many characters it has at least.'))),
    'max-length': v.optional(v.pipe(length, v.description('How many characters it has at most.'))),
    'not-a-placeholder': v.optional(
      v.pipe(v.boolean(), v.description('Whether a value such as changeme, xxxx or <your key> is refused.')),
      false,
    ),
  }),
  v.check(
    (rule) => (rule['min-length'] ?? 0) <= (rule['max-length'] ?? Number.POSITIVE_INFINITY),
    'has a min-length above its max-length',
  ),
)

export const SchemaSection = v.record(
  v.pipe(text, v.regex(VARIABLE_NAME, 'is not the name of a variable')),
  VariableRule,
)

export type SchemaText = v.InferOutput<typeof SchemaSection>
