/**
 * Pinball loss of a quantile forecast, in the unit of its arguments: an excess costs the probability,
 * a reserve the rest. No forecast has less on average than the true quantile.
 */
export function pinballLoss(probability: number, forecast: number, actual: number): number {
  return actual > forecast
    ? probability * (actual - forecast)
    : (1 - probability) * (forecast - actual)
}
