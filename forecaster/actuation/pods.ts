/** Pods of one workload in the replay: some Ready, the others becoming so, oldest first. */
export interface Pods {
  ready: number
  /** Slot in which each pending pod becomes Ready, in the order of creation. */
  pendingUntil: number[]
  created: number
}

/** Start-up of the k-th pod created in the run, in whole slots. */
export type StartUpSlots = (created: number) => number

export function startPods(ready: number): Pods {
  return { ready, pendingUntil: [], created: 0 }
}

export function existingPods(pods: Pods): number {
  return pods.ready + pods.pendingUntil.length
}

/** Pods whose start-up has passed become Ready. */
export function becomeReady(pods: Pods, slot: number): void {
  if (pods.pendingUntil.length === 0) return
  const still = pods.pendingUntil.filter((until) => until > slot)
  pods.ready += pods.pendingUntil.length - still.length
  pods.pendingUntil = still
}

/** Creates or removes pods to reach `desired`: the youngest pending ones go first (PROTOCOL §3). */
export function scaleTo(pods: Pods, desired: number, slot: number, startUp: StartUpSlots): void {
  while (existingPods(pods) < desired) {
    const slots = startUp(pods.created++)
    if (slots <= 0) pods.ready++
    else pods.pendingUntil.push(slot + slots)
  }
  while (existingPods(pods) > desired) {
    if (pods.pendingUntil.length > 0) pods.pendingUntil.pop()
    else pods.ready--
  }
}
