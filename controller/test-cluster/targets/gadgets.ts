import type { Cluster } from '../cluster.ts'
import { applyManifest } from '../foresail.ts'

export const GADGET = { apiVersion: 'test.foresail.dev/v1', kind: 'Gadget' }

/** A custom resource with a scale subresource, as somebody's operator would bring it. */
export async function installGadgets(cluster: Cluster): Promise<void> {
  await applyManifest(cluster, 'gadgets', {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'gadgets.test.foresail.dev' },
    spec: {
      group: 'test.foresail.dev',
      scope: 'Namespaced',
      names: { kind: 'Gadget', plural: 'gadgets', singular: 'gadget', listKind: 'GadgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: {
            status: {},
            scale: {
              specReplicasPath: '.spec.replicas',
              statusReplicasPath: '.status.replicas',
              labelSelectorPath: '.status.selector',
            },
          },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: { type: 'object', properties: { replicas: { type: 'integer' } } },
                status: {
                  type: 'object',
                  properties: { replicas: { type: 'integer' }, selector: { type: 'string' } },
                },
              },
            },
          },
        },
      ],
    },
  })
  await cluster.kubectl(
    ...['wait', '--for=condition=Established', '--timeout=30s', 'crd/gadgets.test.foresail.dev'],
  )
  // What Foresail may do with it is allowed as its operator would allow it.
  await applyManifest(cluster, 'gadget-role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'foresail-gadgets', labels: { 'foresail.dev/aggregate-to-targets': 'true' } },
    rules: [
      { apiGroups: ['test.foresail.dev'], resources: ['gadgets/scale'], verbs: ['get', 'patch'] },
    ],
  })
}

/** One gadget, whose operator has said which pods are its own. */
export async function createGadget(
  cluster: Cluster,
  namespace: string,
  name: string,
  replicas: number,
): Promise<void> {
  await applyManifest(cluster, `gadget-${name}`, {
    ...GADGET,
    metadata: { namespace, name },
    spec: { replicas },
  })
  const status = JSON.stringify({ status: { replicas, selector: `app=${name}` } })
  await cluster.kubectl(
    ...['-n', namespace, 'patch', 'gadget', name, '--subresource=status', '--type=merge'],
    ...['-p', status],
  )
}
