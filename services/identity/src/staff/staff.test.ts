import { demoId } from '@atende/service';
import { describe, expect, it } from '@jest/globals';
import { recordingAct } from '../testing/recording-act.ts';
import { Analyst } from './analyst.ts';
import { Group } from './group.ts';

describe('staff', () => {
  it('an analyst is employed available, and the event says groups and modules but no name', () => {
    const act = recordingAct();
    const groupIds = [demoId('grp', 'cloud')];
    const moduleIds = [demoId('opt', 'erp/rm/labore')];
    const carla = Analyst.employ(act, { personId: demoId('per', 'carla'), name: 'Carla Nogueira', level: 'N1', groupIds, moduleIds });
    expect(carla).toMatchObject({ available: true, active: true, supervisor: false, searchName: 'carla nogueira' });
    const data = { personId: carla.personId, level: 'N1', groupIds, moduleIds, supervisor: false, available: true, active: true };
    expect(act.events).toEqual([{ type: 'analyst.saved', aggregate: carla.id, version: 1, data }]);
  });

  it('a group is founded, and the event says its code and kind', () => {
    const act = recordingAct();
    const group = Group.found(act, {
      code: 'ombudsman',
      kind: 'OMBUDSMAN',
      names: { 'pt-BR': 'Ouvidoria', en: 'Ombudsman', es: 'Defensoría' },
    });
    expect(act.events).toEqual([
      { type: 'group.saved', aggregate: group.id, version: 1, data: { code: 'ombudsman', kind: 'OMBUDSMAN', active: true } },
    ]);
  });
});
