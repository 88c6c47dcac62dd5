/** The contexts a reference can be read from: nested dictionaries of strings. */
export interface ExpressionContext {
  readonly [name: string]: string | ExpressionContext
}

const EXPRESSION = /\$\{\{([^}]*)\}\}/g
const REFERENCE = /^[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\['[^']*'\])*$/
const STEP = /[A-Za-z_][\w-]*|\['[^']*'\]/g

/**
 * Replaces each `${{ reference }}` of a text, such as `${{ steps.load.outputs.TOKEN }}`. Names ignore letter case and one that
 * is missing gives the empty string, as on GitHub. Operators, functions and literals are not modelled: they throw.
 */
export function expand(text: string, context: ExpressionContext): string {
  return text.replace(EXPRESSION, (_, expression: string) => lookUp(expression.trim(), context))
}

function lookUp(reference: string, context: ExpressionContext): string {
  if (!REFERENCE.test(reference)) throw new Error(`the emulator cannot evaluate the expression ${reference}`)
  let value: string | ExpressionContext | undefined = context
  for (const step of reference.match(STEP) ?? []) {
    const name = step.startsWith('[') ? step.slice(2, -2) : step
    value = typeof value === 'object' ? child(value, name) : undefined
  }
  return typeof value === 'string' ? value : ''
}

function child(context: ExpressionContext, name: string): string | ExpressionContext | undefined {
  const found = Object.keys(context).find((key) => key.toLowerCase() === name.toLowerCase())
  return found === undefined ? undefined : context[found]
}
