import type { ApiRequests } from './connect.ts'

/**
 * Lists and watches of a collection for the metadata of its objects alone: a node with its images and
 * conditions is some 20 kB, and is sent again with each of its status updates. A server that does not know
 * the form answers with whole objects.
 */
export function metadataRequests(api: ApiRequests): ApiRequests {
  return {
    request: (request, signal, deadlineMs) =>
      api.request(
        { ...request, accept: acceptOf('PartialObjectMetadataList') },
        signal,
        deadlineMs,
      ),
    open: (request, signal) =>
      api.open({ ...request, accept: acceptOf('PartialObjectMetadata') }, signal),
  }
}

function acceptOf(kind: string): string {
  return `application/json;as=${kind};v=v1;g=meta.k8s.io,application/json`
}
