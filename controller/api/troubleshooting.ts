import { CONDITION_REASONS, EVENT_REASONS } from './reasons.ts'

/** Every reason of conditions and events as a Markdown page: what it means, in the order of the conditions. */
export function troubleshootingMarkdown(): string {
  return [
    '# What a reason means',
    '',
    '<!-- Generated from controller/api by `make generate`. Change it there. -->',
    '',
    'The message beside a reason says what it is about, and what to do:',
    '',
    '```sh',
    'npx foresail status shop-web -n shop',
    'kubectl describe pscaler shop-web -n shop',
    '```',
    '',
    '## Conditions',
    '',
    ...table(CONDITION_REASONS),
    '',
    '## Events',
    '',
    ...table(EVENT_REASONS),
    '',
  ].join('\n')
}

function table(reasons: Readonly<Record<string, string>>): string[] {
  const rows = Object.entries(reasons).map(([reason, meaning]) => `| \`${reason}\` | ${meaning} |`)
  return ['| reason | meaning |', '| --- | --- |', ...rows]
}
