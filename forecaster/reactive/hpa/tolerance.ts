/** How far usage may lie off its target, as a share of it, before replicas change. */
export interface Tolerance {
  down: number
  up: number
}

/** @param usageRatio usage over target; both edges are within */
export function isWithinTolerance({ down, up }: Tolerance, usageRatio: number): boolean {
  return 1 - down <= usageRatio && usageRatio <= 1 + up
}
