/** Writes crds/ from controller/api: `node controller/api/generate.ts`. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { customResourceDefinitionYaml } from './custom-resource-definition.ts'
import { referenceMarkdown } from './reference.ts'
import { GROUP, PLURAL } from './schema.ts'
import { troubleshootingMarkdown } from './troubleshooting.ts'

const folder = join(import.meta.dirname, '../../crds')

await writeFile(join(folder, `${PLURAL}.${GROUP}.yaml`), customResourceDefinitionYaml())
await writeFile(join(folder, 'reference.md'), referenceMarkdown())
await writeFile(join(folder, 'troubleshooting.md'), troubleshootingMarkdown())
