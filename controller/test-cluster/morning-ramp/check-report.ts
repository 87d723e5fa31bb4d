import type { Stage } from './set-up.ts'

export async function checkReport(_stage: Stage): Promise<void> {
  await Promise.resolve()
}
