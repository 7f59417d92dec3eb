import { describe, expect, it } from '@jest/globals';
import { LEAD_GROUPINGS } from '../../src/modules/reports/report-query.dto.js';
import type { ConversionFigures, ConversionReport } from '../../src/modules/reports/way/conversion.dto.js';
import type { StageTimesFigures, StageTimesReport } from '../../src/modules/reports/way/stage-times.dto.js';
import { plusDays } from '../../src/platform/calendar/days.rules.js';
import { Dice } from './generator.js';
import { expectPartsToSumUp } from './opened.js';
import { reporting } from './reporting.js';

const SEED = 20_261_125;
const on = reporting(SEED, 260);

const spreadsIn = ({ finished, waiting }: StageTimesFigures) =>
  [finished, waiting].map(({ count, median, p90, max }) => [count.value, median, p90, max]);

describe('any filter', () => {
  const dice = new Dice(SEED);

  function anyFilter(): string {
    const parts = [
      dice.chance(0.3) && `kind=${dice.pick(['secondary', 'infrastructure'])}`,
      dice.chance(0.3) && `ownerId=${dice.pick([...on.world.owners, 'none'])}`,
      dice.chance(0.3) && `source=${dice.pick(['enquiry', 'round', 'officer', 'import'])}`,
      dice.chance(0.2) && `clusterId=${dice.pick(on.world.clusters)}`,
      dice.chance(0.3) && `stage=${dice.pick(['enquiry,lost', 'qualified', 'dormant,construction'])}`,
      dice.chance(0.3) && `from=${plusDays('2026-03-02', -dice.int(30, 350))}`,
      dice.chance(0.2) && `q=cong`,
      dice.chance(0.2) && `stale=${dice.chance(0.5)}`,
    ];
    return parts.filter((part) => part !== false).join('&');
  }

  const withDay = (filter: string) =>
    dice.chance(0.5)
      ? filter
      : `${filter}&asOf=${plusDays('2026-03-02', -dice.int(1, 200))}&basis=${dice.pick(['recorded', 'happened'])}`;

  it('of conversion: cohorts sum to the whole, a later stage has no more than one before, nobody is in two fates', async () => {
    for (let turn = 0; turn < 25; turn++) {
      const filter = withDay(anyFilter());
      const { groups, totals } = await on.report<ConversionReport>(`conversion?${filter}`);
      for (const total of totals) {
        const own = groups.filter(({ kind }) => kind === total.kind).map(({ figures }) => figures);
        const sum = (of: (figures: ConversionFigures) => number) =>
          own.reduce((all, one) => all + of(one), 0);
        for (const name of ['cohort', 'open', 'finished', 'lost'] as const)
          expect([filter, name, sum((one) => one[name].value)]).toEqual([
            filter,
            name,
            total.figures[name].value,
          ]);
        total.figures.stages.forEach(({ code, reached, open: mayReach }, index) => {
          expect([filter, code, sum((one) => one.stages[index]!.reached.value)]).toEqual([
            filter,
            code,
            reached.value,
          ]);
          expect([filter, code, sum((one) => one.stages[index]!.open.value)]).toEqual([
            filter,
            code,
            mayReach.value,
          ]);
        });
      }
      for (const { figures } of [...groups, ...totals]) {
        const { cohort, open: under, finished, lost, stages } = figures;
        expect([filter, under.value + finished.value + lost.value]).toEqual([filter, cohort.value]);
        const counts = [cohort, ...stages.map(({ reached }) => reached)].map(({ value }) => value);
        expect([filter, counts]).toEqual([filter, [...counts].sort((a, b) => b - a)]);
        expect(stages[0]!.reached.value).toBe(cohort.value);
        expect(stages.at(-1)!.reached.value).toBe(finished.value);
      }
    }
  });

  it('of stage times: parts sum to the stage, stages to the kind; those waiting are the open leads of the pipeline', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const filter = withDay(anyFilter());
      const whole = await on.report<StageTimesReport>(`stage-times?${filter}`);
      const parts = await on.report<StageTimesReport>(
        `stage-times?${filter}&thenBy=${dice.pick(['owner', 'source', 'round', 'month', 'sector', 'country'])}`,
      );
      for (const stay of ['finished', 'waiting'] as const) {
        for (const { kind, value, figures } of whole.groups) {
          const own = parts.groups.filter((part) => part.kind === kind && part.value === value);
          expect([filter, value, own.reduce((sum, part) => sum + part.figures[stay].count.value, 0)]).toEqual(
            [filter, value, figures[stay].count.value],
          );
        }
        for (const { kind, figures } of whole.totals) {
          const own = whole.groups.filter((group) => group.kind === kind);
          expect(own.reduce((sum, group) => sum + group.figures[stay].count.value, 0)).toBe(
            figures[stay].count.value,
          );
        }
        expect(parts.totals.map(({ figures }) => spreadsIn(figures))).toEqual(
          whole.totals.map(({ figures }) => spreadsIn(figures)),
        );
      }
      const ageing = await on.report<{ totals: { count: { value: number } } }>(`ageing?${filter}`);
      expect([
        filter,
        whole.totals.reduce((sum, { figures }) => sum + figures.waiting.count.value, 0),
      ]).toEqual([filter, ageing.totals.count.value]);
    }
  });

  it('of pipeline and ageing by any two: the parts sum to the whole', async () => {
    const groupings = LEAD_GROUPINGS.filter((one) => one !== 'cluster' && one !== 'planningDistrict');
    for (let turn = 0; turn < 25; turn++) {
      const [groupBy, thenBy] = [dice.pick(groupings), dice.pick(groupings)];
      const path = `${dice.pick(['pipeline', 'ageing'])}?groupBy=${groupBy}${thenBy === groupBy ? '' : `&thenBy=${thenBy}`}`;
      expectPartsToSumUp(await on.report(`${path}&${withDay(anyFilter())}`));
    }
  });

  it('as of today is now', async () => {
    for (let turn = 0; turn < 10; turn++) {
      const filter = anyFilter();
      for (const name of ['conversion', 'stage-times', 'pipeline'])
        expect(await on.report(`${name}?${filter}&asOf=2026-03-02`)).toEqual(
          await on.report(`${name}?${filter}`),
        );
    }
  });
});
