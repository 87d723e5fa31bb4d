const SHAPE = /^\d{1,3}(?:\.\d{1,6})?%$/

/**
 * The share, in [0, 1], that a percentage such as `0.5%` stands for.
 *
 * @returns undefined when the text is no percentage or more than 100%
 */
export function parsePercent(text: string): number | undefined {
  if (!SHAPE.test(text)) return undefined
  // Shifting the exponent in the text rounds once; dividing by 100 would round twice.
  const share = Number(`${text.slice(0, -1)}e-2`)
  return share <= 1 ? share : undefined
}
