/** Longer than every placeholder: a bound on the work of the expressions below. */
const MAX_LENGTH = 100

/**
 * What people write where a value belongs. Narrow on purpose: a word that could be a weak password (`secret`, `password`,
 * `test`) is not here, because the file it stands in would pass.
 */
const PLACEHOLDERS: readonly RegExp[] = [
  /^(?:change|replace|fill|edit)[-_ ]?(?:me|this|in|it)$/i,
  /^(?:todo|tbd|fixme|placeholder)$/i,
  /^(?:x{3,}|\*{3,}|\.{3}|\u2026|_{3,}|-{3,}|\?{3,})$/i,
  /^<[a-z][\w .:/-]*>$/i, // <your key>
  /^\[[a-z][\w ]*\]$/i, // [your key]
  /^\{\{[^{}]*\}\}$/, // {{ template }}
  /^\$\{[a-z_]\w*\}$/i, // ${OTHER}
  /^\$[a-z_]\w*$/i,
  /^%[a-z_]\w*%$/i,
  /^your(?:[-_ ][a-z]+){1,6}$/i, // your-api-key-here; a digit would be somebody's key
  /^(?:insert|enter|put|paste|add|set)(?:[-_ ][a-z]+){0,4}[-_ ]here$/i,
]

/** Whether a value stands for one: empty, or a placeholder from end to end. */
export function isPlaceholder(value: string): boolean {
  const text = value.trim()
  return text === '' || (text.length <= MAX_LENGTH && PLACEHOLDERS.some((pattern) => pattern.test(text)))
}
