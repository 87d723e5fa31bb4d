import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'

const target = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web' }

test('shop-web.yaml: the scaler adopts the HPA of its Deployment and only observes', async () => {
  const text = await readFile(join(import.meta.dirname, 'shop-web.yaml'), 'utf8')
  const documents = parseAllDocuments(text).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS() as unknown
  })
  const metadata = { name: 'shop-web', namespace: 'shop' }
  const limits = { scaleTargetRef: target, minReplicas: 2, maxReplicas: 60 }
  expect(documents).toMatchObject([
    { apiVersion: target.apiVersion, kind: target.kind, metadata },
    { kind: 'HorizontalPodAutoscaler', metadata, spec: limits },
    {
      kind: 'PredictiveScaler',
      metadata,
      spec: {
        ...limits,
        mode: 'Observe',
        actuator: { type: 'HorizontalPodAutoscaler', name: metadata.name },
      },
    },
  ])
})
