/**
 * Shows what is being done while `work` runs, then takes it away. Only where a person watches: stderr
 * is a terminal, and this is no CI job.
 */
export async function whileWorking<Result>(what: string, work: () => Result): Promise<Result> {
  const isWatched = process.stderr.isTTY && process.env['CI'] === undefined
  if (!isWatched) return work()
  await new Promise<void>((resolve) => {
    process.stderr.write(what, () => {
      resolve()
    })
  })
  try {
    return work()
  } finally {
    process.stderr.write('\r\u001b[2K')
  }
}
