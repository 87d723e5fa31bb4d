import { stringify } from 'yaml'

import { PRINTER_COLUMNS } from './printer-columns.ts'
import { GROUP, KIND, PLURAL, VERSION } from './schema.ts'
import { specSchema } from './spec.ts'
import { statusSchema } from './status.ts'
import { structuralSchema } from './structural-schema.ts'

const DESCRIPTION =
  'PredictiveScaler has the pods of a workload Ready before their load arrives: it learns the rhythm ' +
  'of the demand and the start-up time of the pods, and raises the floor of the HPA beneath in time.'

/** The CustomResourceDefinition, as the API server takes it. */
export function customResourceDefinition() {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${PLURAL}.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: {
        kind: KIND,
        listKind: `${KIND}List`,
        plural: PLURAL,
        singular: 'predictivescaler',
        shortNames: ['pscaler'],
      },
      versions: [
        {
          name: VERSION,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: PRINTER_COLUMNS,
          schema: {
            openAPIV3Schema: {
              description: DESCRIPTION,
              type: 'object',
              required: ['spec'],
              properties: {
                apiVersion: { type: 'string' },
                kind: { type: 'string' },
                metadata: { type: 'object' },
                spec: structuralSchema(specSchema),
                status: structuralSchema(statusSchema),
              },
            },
          },
        },
      ],
    },
  }
}

/** The same as a file to apply. */
export function customResourceDefinitionYaml(): string {
  const head = '# Generated from controller/api by `make generate`. Change it there.\n'
  const options = { lineWidth: 100, aliasDuplicateObjects: false }
  return head + stringify(customResourceDefinition(), options)
}
