/** A column of `kubectl get pscaler`. */
export interface PrinterColumn {
  name: string
  type: 'string' | 'integer' | 'date'
  jsonPath: string
  description: string
}

export const PRINTER_COLUMNS: readonly PrinterColumn[] = [
  text('TARGET', '.status.columns.target', 'The workload that is scaled.'),
  text('MODE', '.spec.mode', 'Observe, ScaleUpOnly or Auto.'),
  number('MIN', '.spec.minReplicas', 'Lower bound of the floor.'),
  number('NOW', '.status.readyReplicas', 'Pods that are Ready.'),
  number('NEXT', '.status.next.replicas', 'The floor after its next change.'),
  text('AT', '.status.columns.at', 'When that change is due, as time of day in UTC.'),
  number('MAX', '.spec.maxReplicas', 'Upper bound of the floor.'),
  text('LEAD', '.status.columns.lead', 'How far ahead is planned.'),
  text('READY', ofCondition('Ready'), 'Whether Foresail does what was asked of it.'),
  text('FALLBACK', ofCondition('FallbackActive'), 'Whether the metrics source fails.'),
  {
    name: 'AGE',
    type: 'date',
    jsonPath: '.metadata.creationTimestamp',
    description: 'Time since creation.',
  },
]

function text(name: string, jsonPath: string, description: string): PrinterColumn {
  return { name, type: 'string', jsonPath, description }
}

function number(name: string, jsonPath: string, description: string): PrinterColumn {
  return { name, type: 'integer', jsonPath, description }
}

function ofCondition(type: string): string {
  return `.status.conditions[?(@.type=="${type}")].status`
}
