/**
 * Quantile of Student's t for a whole number of degrees of freedom, from the finite sums of its
 * distribution function (Abramowitz and Stegun 26.7.3, 26.7.4) turned round by bisection.
 *
 * @param probability in (0, 1)
 * @param degrees degrees of freedom, 1 or more
 */
export function studentTQuantile(probability: number, degrees: number): number {
  if (probability < 0.5) return -studentTQuantile(1 - probability, degrees)
  const within = 2 * probability - 1
  let [low, high] = [0, Math.PI / 2]
  for (let halvings = 0; halvings < 60; halvings++) {
    const middle = (low + high) / 2
    if (shareWithin(middle, degrees) < within) low = middle
    else high = middle
  }
  return Math.sqrt(degrees) * Math.tan(low)
}

/** P(|T| <= t) for t = sqrt(degrees) * tan(angle). */
function shareWithin(angle: number, degrees: number): number {
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)]
  const odd = degrees % 2 === 1
  let term = odd ? sine * cosine : sine
  let sum = odd ? angle : 0
  for (let j = odd ? 2 : 1; j < degrees; j += 2) {
    sum += term
    term *= (cosine * cosine * j) / (j + 1)
  }
  return odd ? (2 * sum) / Math.PI : sum
}
