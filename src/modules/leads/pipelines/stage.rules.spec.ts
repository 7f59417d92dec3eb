import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RuleError } from '../../../platform/http/rule-error.js';
import { decideMove, isExit, isOpen, type Stage, type StageMove, type StageState } from './stage.rules.js';

const stage = (code: string, position: number, gates: Partial<Stage> = {}): Stage => ({
  code,
  position,
  needsEvidence: false,
  needsCluster: false,
  isFinal: false,
  ...gates,
});

const STAGES: Stage[] = [
  stage('enquiry', 1),
  stage('qualified', 2),
  stage('site_visit', 3, { needsCluster: true }),
  stage('dossier_filed', 4, { needsCluster: true, needsEvidence: true }),
  stage('approved', 5, { needsCluster: true, needsEvidence: true }),
  stage('operating', 6, { needsCluster: true, isFinal: true }),
];

const TODAY = '2026-03-02';
const EVIDENCE = { kind: 'dossier' as const, number: '12/HS' };

const lead = (overrides: Partial<StageState> = {}): StageState => ({
  stage: 'enquiry',
  stageBeforeExit: null,
  clusters: 1,
  lastChangeOn: '2026-02-01',
  proven: [],
  ...overrides,
});

const move = (to: string, overrides: Partial<StageMove> = {}): StageMove => ({ to, on: TODAY, ...overrides });

function codeOf(from: StageState, wish: StageMove): string | null {
  try {
    decideMove(from, STAGES, wish, TODAY);
    return null;
  } catch (error) {
    if (error instanceof RuleError) return error.code;
    throw error;
  }
}

describe('moving on', () => {
  it('goes to the next stage and to any later one', () => {
    expect(decideMove(lead(), STAGES, move('qualified'), TODAY)).toEqual({
      direction: 'forward',
      from: 'enquiry',
      to: 'qualified',
      stageBeforeExit: null,
    });
    expect(codeOf(lead(), move('site_visit'))).toBeNull();
  });

  it('asks for a cluster where the stage or one passed over does', () => {
    expect(codeOf(lead({ clusters: 0 }), move('qualified'))).toBeNull();
    expect(codeOf(lead({ clusters: 0 }), move('site_visit'))).toBe('cluster_required');
    expect(codeOf(lead({ clusters: 0 }), move('dossier_filed', { evidence: EVIDENCE }))).toBe(
      'cluster_required',
    );
  });

  it('asks for evidence of its stage', () => {
    expect(codeOf(lead({ stage: 'site_visit' }), move('dossier_filed'))).toBe('evidence_required');
    expect(codeOf(lead({ stage: 'site_visit' }), move('dossier_filed', { evidence: EVIDENCE }))).toBeNull();
  });

  it('does not let one paper prove two stages', () => {
    expect(codeOf(lead({ stage: 'site_visit' }), move('approved', { evidence: EVIDENCE }))).toBe(
      'evidence_required',
    );
    expect(
      codeOf(
        lead({ stage: 'site_visit', proven: ['dossier_filed'] }),
        move('approved', { evidence: EVIDENCE }),
      ),
    ).toBeNull();
    expect(codeOf(lead({ stage: 'dossier_filed', proven: ['approved'] }), move('approved'))).toBeNull();
  });

  it('refuses to stand still and unknown stages', () => {
    expect(codeOf(lead(), move('enquiry'))).toBe('stage_not_reachable');
    expect(codeOf(lead(), move('nowhere'))).toBe('stage_not_reachable');
  });
});

describe('going back', () => {
  it('goes one stage with a note', () => {
    expect(codeOf(lead({ stage: 'site_visit' }), move('qualified'))).toBe('note_required');
    expect(
      decideMove(lead({ stage: 'site_visit' }), STAGES, move('qualified', { note: 'Nhầm' }), TODAY).direction,
    ).toBe('back');
    expect(codeOf(lead({ stage: 'site_visit' }), move('enquiry', { note: 'Nhầm' }))).toBe(
      'stage_not_reachable',
    );
  });
});

describe('leaving and coming back', () => {
  it('is lost for a reason', () => {
    expect(codeOf(lead(), move('lost'))).toBe('lost_reason_required');
    expect(codeOf(lead(), move('lost', { lostReason: 'other' }))).toBe('note_required');
    expect(
      decideMove(lead({ stage: 'qualified' }), STAGES, move('lost', { lostReason: 'land_price' }), TODAY),
    ).toMatchObject({
      direction: 'lost',
      stageBeforeExit: 'qualified',
    });
  });

  it('sleeps until a day that is yet to come', () => {
    expect(codeOf(lead(), move('dormant'))).toBe('wake_on_required');
    expect(codeOf(lead(), move('dormant', { wakeOn: TODAY }))).toBe('wake_on_not_in_future');
    expect(codeOf(lead(), move('dormant', { wakeOn: '2026-03-03' }))).toBeNull();
  });

  it('may sleep on, and may be lost asleep', () => {
    const asleep = lead({ stage: 'dormant', stageBeforeExit: 'qualified' });
    expect(decideMove(asleep, STAGES, move('dormant', { wakeOn: '2026-05-01' }), TODAY).stageBeforeExit).toBe(
      'qualified',
    );
    expect(
      decideMove(asleep, STAGES, move('lost', { lostReason: 'no_contact' }), TODAY).stageBeforeExit,
    ).toBe('qualified');
  });

  it('comes back only to where it was, with a note', () => {
    const lost = lead({ stage: 'lost', stageBeforeExit: 'qualified' });
    expect(codeOf(lost, move('site_visit', { note: 'Quay lại' }))).toBe('stage_not_reachable');
    expect(codeOf(lost, move('qualified'))).toBe('note_required');
    expect(decideMove(lost, STAGES, move('qualified', { note: 'Quay lại' }), TODAY)).toMatchObject({
      direction: 'reopened',
      stageBeforeExit: null,
    });
    expect(codeOf(lost, move('dormant', { wakeOn: '2026-05-01' }))).toBe('stage_not_reachable');
  });

  it('does not leave a finished project', () => {
    expect(codeOf(lead({ stage: 'operating' }), move('lost', { lostReason: 'other', note: 'x' }))).toBe(
      'stage_not_reachable',
    );
  });
});

describe('the day', () => {
  it('is neither in the future nor before the last change', () => {
    expect(codeOf(lead(), move('qualified', { on: '2026-03-03' }))).toBe('stage_date_in_future');
    expect(codeOf(lead(), move('qualified', { on: '2026-01-31' }))).toBe('stage_date_before_previous');
    expect(codeOf(lead(), move('qualified', { on: '2026-02-01' }))).toBeNull();
  });
});

const anyStage = fc.constantFrom(...STAGES.map(({ code }) => code), 'lost', 'dormant');
const anyMove = fc.record({
  to: fc.constantFrom(...STAGES.map(({ code }) => code), 'lost', 'dormant', 'nowhere'),
  on: fc.constantFrom('2026-01-31', '2026-02-01', TODAY, '2026-03-03'),
  note: fc.option(fc.constant('vì thế'), { nil: null }),
  evidence: fc.option(fc.constant(EVIDENCE), { nil: null }),
  lostReason: fc.option(fc.constantFrom('land_price' as const, 'other' as const), { nil: null }),
  wakeOn: fc.option(fc.constantFrom(TODAY, '2026-06-01'), { nil: null }),
});

describe('whatever is asked', () => {
  it('a lead that passed a gate has what the gate asks for, and an exit remembers the way back', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 30 }), fc.nat(1), (moves, clusters) => {
        let state = lead({ clusters });
        for (const wish of moves) {
          if (codeOf(state, wish) !== null) continue;
          const decision = decideMove(state, STAGES, wish, TODAY);
          const proven =
            wish.evidence && decision.direction === 'forward' ? [...state.proven, decision.to] : state.proven;
          state = {
            ...state,
            stage: decision.to,
            stageBeforeExit: decision.stageBeforeExit,
            lastChangeOn: wish.on,
            proven,
          };
          expect(isExit(state.stage)).toBe(state.stageBeforeExit !== null);
          const reached = STAGES.find(({ code }) => code === (state.stageBeforeExit ?? state.stage))!;
          for (const passed of STAGES.filter(({ position }) => position <= reached.position)) {
            if (passed.needsCluster) expect(state.clusters).toBeGreaterThan(0);
            if (passed.needsEvidence) expect(state.proven).toContain(passed.code);
          }
        }
      }),
    );
  });

  it('every refusal has a code and never another error', () => {
    fc.assert(
      fc.property(anyStage, anyMove, fc.nat(1), (from, wish, clusters) => {
        const code = codeOf(
          lead({ stage: from, stageBeforeExit: isExit(from) ? 'qualified' : null, clusters }),
          wish,
        );
        expect(code === null || /^[a-z_]+$/.test(code)).toBe(true);
      }),
    );
  });

  it('open is what may still be won', () => {
    expect(['enquiry', 'dormant'].every((code) => isOpen(code, STAGES))).toBe(true);
    expect(['lost', 'operating'].some((code) => isOpen(code, STAGES))).toBe(false);
  });
});
