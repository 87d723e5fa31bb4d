import type { Fits } from '../forecaster/workload/outlook.ts'

/** Fits whose forecasts are too low by a fixed need, in replicas: what they learned of errors is shifted. */
export function tooLowBy({ models, forest }: Fits, replicas: number): Fits {
  if (forest === null) return { models, forest }
  const { edges, smallest, largest } = forest.target
  const target = {
    edges: edges.map((edge) => edge - replicas),
    smallest: smallest - replicas,
    largest: largest - replicas,
  }
  return { models, forest: { ...forest, target } }
}
