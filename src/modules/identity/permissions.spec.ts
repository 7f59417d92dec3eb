import { expect, test } from '@jest/globals';
import { actionsOf, PERMISSIONS, roleMay } from './permissions.js';

test('each role may all that the one below may, the administrator everything', () => {
  expect(actionsOf('manager')).toEqual(expect.arrayContaining(actionsOf('officer')));
  expect(actionsOf('admin')).toEqual(Object.keys(PERMISSIONS));
});

test('what a manager has beyond an officer', () => {
  expect(
    actionsOf('manager')
      .filter((action) => !roleMay('officer', action))
      .sort(),
  ).toEqual([
    'audit.read',
    'cluster.write',
    'data_request.read',
    'data_request.write',
    'incentive.write',
    'lead.assign',
    'lead.write_any',
    'meeting.write_any',
    'message.write_any',
    'obstacle.write_any',
    'reminder.write_any',
    'report.share',
    'target.write',
  ]);
});

test('an action that nobody named is nobody’s', () => {
  for (const action of ['lead.delete', '', '__proto__', 'constructor'])
    expect(roleMay('admin', action)).toBe(false);
});
