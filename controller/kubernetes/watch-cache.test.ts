import { describe, expect, it } from 'vitest'

import { createWatchCache } from './watch-cache.ts'

function makeCache() {
  const log: string[] = []
  const cache = createWatchCache<string>({
    parse: (object) => {
      const { name } = object as { name?: string }
      if (name === undefined) throw new Error('no name')
      return name
    },
    onChange: (item, previous) => log.push(`${previous ?? '-'} > ${item}`),
    onDelete: (item) => log.push(`gone ${item}`),
    onUnreadable: () => log.push('unreadable'),
  })
  return { cache, log }
}

const object = (uid: string, resourceVersion: string, name?: string) => ({
  metadata: { uid, resourceVersion },
  ...(name === undefined ? {} : { name }),
})

describe('watch cache', () => {
  it('tells each change once, and what is gone', () => {
    const { cache, log } = makeCache()
    cache.put(object('1', '10', 'a'))
    cache.put(object('1', '10', 'a'))
    cache.put(object('1', '11', 'b'))
    cache.remove(object('1', '12', 'b'))
    cache.remove(object('1', '12', 'b'))
    expect(log).toEqual(['- > a', 'a > b', 'gone b'])
    expect(cache.items.size).toBe(0)
  })

  it('drops what a whole list no longer holds; an object made anew is another one', () => {
    const { cache, log } = makeCache()
    cache.put(object('1', '10', 'web'))
    const uid = cache.put(object('2', '11', 'web'))
    cache.keepOnly(new Set(uid === undefined ? [] : [uid]))
    expect([...cache.items.keys()]).toEqual(['2'])
    expect(log).toEqual(['- > web', '- > web', 'gone web'])
  })

  it('keeps the last readable state of an object that cannot be read now, but not for ever', () => {
    const { cache, log } = makeCache()
    cache.put(object('1', '10', 'a'))
    cache.put(object('1', '11'))
    expect(cache.items.get('1')).toBe('a')
    cache.keepOnly(new Set(['1']))
    cache.keepOnly(new Set())
    expect(log).toEqual(['- > a', 'unreadable', 'gone a'])
  })

  it.each([undefined, null, 'text', {}, { metadata: { uid: '1' } }])('survives %j', (broken) => {
    const { cache, log } = makeCache()
    expect(cache.put(broken)).toBeUndefined()
    cache.remove(broken)
    expect(log).toEqual(['unreadable', 'unreadable'])
  })
})
