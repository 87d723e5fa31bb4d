import { describe, expect, it } from 'vitest'

import { morning } from './example-savings.ts'
import { formatTable } from './format-table.ts'

describe('formatTable', () => {
  it('is the verdict first, and every saving beside its minutes short', () => {
    const [report = ''] = formatTable(morning()).split('\nWHAT IT MEANS')
    expect(report).toMatchInlineSnapshot(`
      "VERDICT
        What ran took 25.1 % fewer replica-hours than the HPA alone would have, and was short in 2 minutes
        against 4.
        What ran: 12.5 replica-hours in 2.8 compared hours, short in 2 minutes (1.2 % of the time).
        A fixed count of 5, the largest need seen: 14.2 replica-hours, short in 0 minutes; what ran took
        12 % fewer replica-hours than that, short in 2 minutes.
        A fixed count of 5, the median need: 14.2 replica-hours, short in 0 minutes; what ran took 12 %
        fewer replica-hours than that, short in 2 minutes.
        5.6 % of the window is not compared (10 minutes): something of it is missing. It counts nowhere.

      WINDOW
        scaler      shop/shop-web
        slots       2026-11-24 06:00 UTC to 2026-11-24 09:00 UTC, 3 h: 180 slots of 1 m, 170 of them
                    compared
        lead time   2 m 30 s

      RESULT
                                replica-  saved by          minutes   time  demand     longest
        policy                     hours  what ran   saved    short  short   short  short, min
        what ran                    12.5         –       –        2  1.2 %  0.13 %           2
        HPA alone                   16.6       4.2  25.1 %        4  2.4 %  0.26 %           4
        fixed, largest need: 5      14.2       1.7    12 %        0    0 %     0 %           0
        fixed, median need: 5       14.2       1.7    12 %        0    0 %     0 %           0

      FORECAST: demand against what was forecast for it a lead time before
        quantile  asked  achieved  slots  pinball loss
        0.5        50 %      50 %    170          0.05
        0.9        90 %         –      0             –
        0.95       95 %     100 %    170          0.02
        0.99       99 %         –      0             –
        In half of the slots the 50 % forecast was off by at most 0.1 replicas. Mean pinball loss over the
        quantiles: 0.035 replicas.

      DATA
        series           slots seen  missing  missing, %
        demand                  170       10       5.6 %
        Ready pods              180        0         0 %
        the HPA's count         180        0         0 %
        lead time               180        0         0 %
        forecast 0.5            170       10       5.6 %
        forecast 0.9              0      180       100 %
        forecast 0.95           170       10       5.6 %
        forecast 0.99             0      180       100 %
        fallback                180        0         0 %
        capacity                180        0         0 %
      "
    `)
  })

  it('stays within a terminal of 100 columns', () => {
    for (const line of formatTable(morning()).split('\n'))
      expect(line.length, line).toBeLessThan(101)
  })
})
