import type { WorkloadFits } from '../forecaster/workload/workload.ts'

/** Fits whose forecasts are too low by a fixed need, in replicas: what they learned of errors is shifted. */
export function tooLowBy(fits: WorkloadFits, replicas: number): WorkloadFits {
  const { forest } = fits
  if (forest === null) return fits
  const { edges, smallest, largest } = forest.target
  const target = {
    edges: edges.map((edge) => edge - replicas),
    smallest: smallest - replicas,
    largest: largest - replicas,
  }
  return { ...fits, forest: { ...forest, target } }
}
