import type { LabelSelector } from '../lifecycle/label-selector.ts'

/** A selector as the API takes it in a query: `app=web,tier in (a,b),!old`; '' without one. */
export function selectorQuery(selector: LabelSelector | undefined): string {
  if (selector === undefined) return ''
  const labels = Object.entries(selector.matchLabels).map(([key, value]) => `${key}=${value}`)
  const expressions = selector.matchExpressions.map(({ key, operator, values }) => {
    switch (operator) {
      case 'In':
        return `${key} in (${values.join(',')})`
      case 'NotIn':
        return `${key} notin (${values.join(',')})`
      case 'Exists':
        return key
      case 'DoesNotExist':
        return `!${key}`
    }
  })
  return [...labels, ...expressions].join(',')
}
