import type { FloorActuator, HpaAnswer, HpaOriginal, HpaView } from '../reconcile/ports.ts'

/** An HPA in memory, floor and guard as Foresail moves them. Follows its floor at once. */
export class MemoryHpa implements FloorActuator {
  readonly own: HpaOriginal
  readonly maxReplicas: number
  minReplicas: number
  guardUtilization: number | undefined
  scalingActive: boolean | undefined = true
  touched = false
  /** Every write that changed something, in order. */
  readonly writes: { minReplicas: number; guardUtilization: number | undefined }[] = []

  constructor(own: HpaOriginal, maxReplicas: number) {
    this.own = own
    this.maxReplicas = maxReplicas
    this.minReplicas = own.minReplicas
    this.guardUtilization = own.guardUtilization
  }

  read(): Promise<HpaAnswer> {
    return Promise.resolve({ kind: 'hpa', view: this.#view() })
  }

  write(wanted: { minReplicas: number; guardUtilization: number | undefined }): Promise<HpaAnswer> {
    const same =
      wanted.minReplicas === this.minReplicas && wanted.guardUtilization === this.guardUtilization
    if (!same) {
      this.touched = true
      this.minReplicas = Math.min(wanted.minReplicas, this.maxReplicas)
      this.guardUtilization = wanted.guardUtilization ?? this.guardUtilization
      this.writes.push({ minReplicas: this.minReplicas, guardUtilization: this.guardUtilization })
    }
    return this.read()
  }

  release(): Promise<HpaAnswer> {
    this.touched = false
    this.minReplicas = this.own.minReplicas
    this.guardUtilization = this.own.guardUtilization
    return this.read()
  }

  #view(): HpaView {
    return {
      minReplicas: this.minReplicas,
      maxReplicas: this.maxReplicas,
      currentReplicas: this.minReplicas,
      desiredReplicas: this.minReplicas,
      scalingActive: this.scalingActive,
      guardUtilization: this.guardUtilization,
      original: this.own,
    }
  }
}
