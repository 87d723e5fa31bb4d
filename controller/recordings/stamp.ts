const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?)?$/i
const EPOCH = /^\d{1,14}(?:\.\d{1,9})?$/
/** Epoch numbers from here on are milliseconds: as seconds they would lie beyond the year 5100. */
const MILLISECONDS_FROM = 1e11
const ENDS_IN_ZONE = /(?:[a-z]|[+-]\d\d(?::?\d\d)?)$/i

/**
 * Milliseconds since the epoch of a stamp: ISO-8601 (UTC where it names no zone), or epoch seconds or
 * milliseconds.
 *
 * @returns null when the text is neither
 */
export function parseStamp(text: string): number | null {
  const iso = ISO.exec(text)
  if (iso !== null) return isoMilliseconds(iso)
  if (!EPOCH.test(text)) return null
  const number = Number(text)
  return Math.round(number < MILLISECONDS_FROM ? number * 1000 : number)
}

/** Whether a stamp says which moment it is by itself: an epoch does, and ISO-8601 that names a zone. */
export function namesMoment(stamp: string): boolean {
  return stamp[4] !== '-' || (stamp.length > 10 && ENDS_IN_ZONE.test(stamp))
}

function isoMilliseconds(match: RegExpExecArray): number | null {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  // Date.UTC takes 30 February for 1 March: such a day does not exist.
  if (midnight.getUTCDate() !== Number(day) || midnight.getUTCMonth() !== Number(month) - 1) {
    return null
  }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const milliseconds = Math.round(Number(`0.${fraction || '0'}`) * 1000)
  const seconds = (Number(hour) * 60 + Number(minute)) * 60 + Number(second)
  return midnight.getTime() + seconds * 1000 + milliseconds - zoneMilliseconds(zone)
}

function zoneMilliseconds(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0
  const sign = zone.startsWith('-') ? -1 : 1
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0
  return sign * (Number(zone.slice(1, 3)) * 60 + minutes) * 60_000
}
