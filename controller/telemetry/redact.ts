const HIDDEN = '[redacted]'

/** Fields whose text is a secret wherever they stand: in headers, options, an error's request. */
const SECRET_FIELD =
  /("(?:(?:proxy-)?authorization|(?:set-)?cookie|x-api-key|token|password|secret)"\s*:\s*)("(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi

/** Credentials inside longer texts, such as the message of an error. */
const SECRET_TEXT = [
  [/\b(Bearer) +[\w+/.~=-]{4,}/gi, `$1 ${HIDDEN}`],
  // Base64 has capitals or digits: "Basic authentication failed" stays readable.
  [/\b(Basic) +(?=[a-z+/]*[A-Z0-9=])[\w+/=]{4,}/g, `$1 ${HIDDEN}`],
  [/(:\/\/)[^/\s"@]+@/g, `$1${HIDDEN}@`],
] as const

/** A line of JSON with every credential in it hidden, however deep. Linear in its length. */
export function redact(line: string): string {
  let text = line.replace(SECRET_FIELD, `$1"${HIDDEN}"`)
  for (const [secret, hidden] of SECRET_TEXT) text = text.replace(secret, hidden)
  return text
}
